extension RunInfo {
  /// Takes in what every shard knows; `self` is the one that began first.
  mutating func join(_ shards: [RunInfo], _ line: SharedTimeLine) {
    parts = shards.enumerated().compactMap { number, info in
      info.shard.map { shard in
        RunPart(
          shard: shard, id: info.id, host: info.environment.host, start: line.starts[number],
          errorBoundMicroseconds: line.errorBounds?[number])
      }
    }
    shard = nil
    sameMachine = shards.contains(where: \.sameMachine)
    scheduled = shards.reduce(0) { $0 + $1.scheduled }
    durationSeconds = zip(shards, line.starts).map { $0.durationSeconds + Double($1) / 1e9 }.max() ?? durationSeconds
    joinEnds(shards)
    phases = Self.joined(zip(shards, line.starts).map { ($0.phases, $1) })
    if let bound = shards.compactMap(\.clockOffset?.errorBoundMicroseconds).max(), clockOffset != nil {
      clockOffset?.errorBoundMicroseconds = max(bound, line.errorBounds?.max() ?? 0)
    }
    joinCounts(shards)
    environment.host = Set(shards.map(\.environment.host)).sorted().joined(separator: ", ")
  }

  private mutating func joinEnds(_ shards: [RunInfo]) {
    partial = shards.contains(where: \.partial)
    let early = shards.first { $0.ending != .completed }
    ending = early.map(\.ending) ?? .completed
    endReason = early.flatMap { info in info.endReason.map { "shard \(info.shard?.description ?? ""): \($0)" } }
  }

  private mutating func joinCounts(_ shards: [RunInfo]) {
    let counts = shards.compactMap(\.outcomes)
    outcomes = counts.count == shards.count ? counts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) } : nil
    let health = shards.compactMap(\.generator)
    generator = health.count == shards.count ? GeneratorHealth(joining: zip(health, shards), over: phases) : nil
  }

  /// Phases by position: jobs add up, and each lasts from the first shard's start of it to the last one's end.
  private static func joined(_ shards: [(phases: [PhaseInfo], start: Int64)]) -> [PhaseInfo] {
    (0..<(shards.map(\.phases.count).max() ?? 0)).compactMap { position in
      let parts = shards.compactMap { phases, start -> PhaseInfo? in
        guard phases.indices.contains(position) else { return nil }
        var phase = phases[position]
        phase.start += start
        return phase
      }
      guard var whole = parts.first else { return nil }
      let end = parts.map { $0.start + $0.duration }.max() ?? 0
      whole.start = parts.map(\.start).min() ?? whole.start
      whole.duration = end - whole.start
      whole.scheduled = parts.reduce(0) { $0 + $1.scheduled }
      return whole
    }
  }
}

extension GeneratorHealth {
  /// Several generators as one that is as bad as the worst of them; jobs in flight add up.
  fileprivate init(joining parts: some Sequence<(Self, RunInfo)>, over phases: [PhaseInfo]) {
    let all = parts.map { $0.0 }
    func length(_ phases: [PhaseInfo]) -> Double { phases.filter(\.recorded).reduce(0) { $0 + Double($1.duration) } }
    let whole = length(phases)
    let means = parts.compactMap { health, info in health.meanInFlight.map { $0 * length(info.phases) } }
    self.init(
      loopCPUShare: all.map(\.loopCPUShare).max() ?? 0, hostIdleMinimum: all.compactMap(\.hostIdleMinimum).min(),
      hostIdleMean: all.compactMap(\.hostIdleMean).min(),
      runQueueDelayShare: all.compactMap(\.runQueueDelayShare).max(),
      stealShare: all.compactMap(\.stealShare).max(), stalledWindows: all.map(\.stalledWindows).max() ?? 0,
      windows: all.map(\.windows).max() ?? 0, maximumInFlight: all.reduce(0) { $0 + $1.maximumInFlight },
      meanInFlight: means.count == all.count && whole > 0 ? means.reduce(0, +) / whole : nil,
      residentBytes: all.map(\.residentBytes).max() ?? 0)
  }
}
