/// What the samples of a run say of the generator and its machine together.
struct GeneratorReading: Sendable, Hashable {
  /// CPU of the busiest loop over its busiest ten seconds, 0 to 1.
  var cpuShare: Double?
  /// Run-queue delay of the loop that waited longest, over the whole time, 0 to 1.
  var waitingShare: Double?
  var idleMean: Double?
  var idleMinimum: Double?
  var steal: Double?
  var stalled = 0
  var seconds = 0

  /// A loop that is saturated for this long has not kept its plan, however idle it was before.
  private static let stretch = 10

  /// The samples of the recorded phases and of the drain after the last of them; all of them where those are none.
  init(_ samples: [ValiditySample], phases: [PhaseInfo]) {
    let counted = samples.filter { Self.counts($0, phases) }
    self.init(counted.isEmpty ? samples : counted)
  }

  /// The totals of a run that was stored without samples.
  init(_ health: GeneratorHealth) {
    (cpuShare, waitingShare) = (health.loopCPUShare, health.runQueueDelayShare)
    (idleMean, idleMinimum, steal) = (health.hostIdleMean, health.hostIdleMinimum, health.stealShare)
    (stalled, seconds) = (health.stalledWindows, health.windows)
  }

  /// Samples of whatever phases.
  init(_ samples: [ValiditySample]) {
    let loops = (0..<(samples.map(\.loops.count).max() ?? 0)).map { loop in
      samples.compactMap { $0.loops.indices.contains(loop) ? $0.loops[loop] : nil }
    }
    cpuShare = loops.compactMap { Self.busiest($0.map(\.cpuShare)) }.max()
    waitingShare = loops.compactMap { Self.mean($0.map(\.waitingShare)) }.max()
    let idle = samples.compactMap(\.hostIdle)
    (idleMean, idleMinimum) = (Self.mean(idle), idle.min())
    steal = Self.mean(samples.compactMap(\.steal))
    let watched = samples.filter { $0.tickerLateness != nil }
    (stalled, seconds) = (watched.count(where: \.isStalled), watched.count)
  }

  private static func counts(_ sample: ValiditySample, _ phases: [PhaseInfo]) -> Bool {
    let middle = Int64(sample.second) * 1_000_000_000 + 500_000_000
    return (phases.last { $0.start <= middle } ?? phases.first)?.recorded ?? true
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  private static func busiest(_ values: [Double]) -> Double? {
    guard values.count > stretch else { return mean(values) }
    return (0...(values.count - stretch)).compactMap { mean(Array(values[$0..<($0 + stretch)])) }.max()
  }
}
