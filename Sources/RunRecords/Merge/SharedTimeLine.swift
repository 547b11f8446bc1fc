/// Where the time lines of several runs begin on the one of them that began first.
struct SharedTimeLine {
  /// Position of the run that began first.
  let first: Int
  /// Nanoseconds from its start to each run's own, 0 for itself.
  let starts: [Int64]
  /// How far each may be off, in microseconds; nil where they rest on the machines' own clocks.
  let errorBounds: [Int64]?

  /// The time line of at least one run.
  init(_ infos: [RunInfo]) {
    let offsets = infos.compactMap(\.clockOffset)
    let isShared = offsets.count == infos.count
    // A run's start on the platform's clock is its own minus what has to be added to the platform's.
    let instants = infos.map { $0.startedAt * 1_000 - (isShared ? $0.clockOffset?.microseconds ?? 0 : 0) }
    let earliest = instants.indices.min { (instants[$0], $0) < (instants[$1], $1) } ?? 0
    first = earliest
    starts = instants.map { ($0 - instants[earliest]) * 1_000 }
    errorBounds =
      isShared
      ? offsets.enumerated().map {
        $0 == earliest ? 0 : $1.errorBoundMicroseconds + offsets[earliest].errorBoundMicroseconds
      }
      : nil
  }
}

extension JobRecord {
  /// The record on a time line that began so many nanoseconds before its own; the platform's instants are not on it.
  func moved(by nanoseconds: Int64) -> Self {
    var record = self
    record.t0 += nanoseconds
    record.endedAt += nanoseconds
    let instants: [WritableKeyPath<JobRecord, Int64?>] = [
      \.t1, \.t2, \.t3, \.t4, \.t5, \.t6, \.t7, \.queuedAt, \.startedBy,
    ]
    for instant in instants { record[keyPath: instant]? += nanoseconds }
    return record
  }
}

extension ValiditySample {
  /// Several generators' samples as those of one: jobs add up, and of what was seen of the machines the worst counts.
  static func merged(_ parts: [(samples: [ValiditySample], start: Int64)]) -> [ValiditySample] {
    var merged: [Int: ValiditySample] = [:]
    var loopsBefore = 0
    for (samples, start) in parts {
      let shift = Int((Double(start) / 1e9).rounded())
      for sample in samples {
        let second = sample.second + shift
        merged[second, default: ValiditySample(second: second)].add(sample, loopsBefore: loopsBefore)
      }
      loopsBefore += samples.map(\.loops.count).max() ?? 0
    }
    return merged.values.sorted { $0.second < $1.second }
  }

  private mutating func add(_ other: Self, loopsBefore: Int) {
    planned += other.planned
    sent += other.sent
    late += other.late
    latenessMaximum = max(latenessMaximum, other.latenessMaximum)
    inFlight += other.inFlight
    hostIdle = [hostIdle, other.hostIdle].compactMap(\.self).min()
    steal = [steal, other.steal].compactMap(\.self).max()
    tickerLateness = [tickerLateness, other.tickerLateness].compactMap(\.self).max()
    // A generator that was not there in this second keeps its place.
    while loops.count < loopsBefore { loops.append(Loop(cpuShare: 0, waitingShare: 0)) }
    loops += other.loops
  }
}
