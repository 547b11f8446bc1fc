package import RunRecords

/// What was due and sent in each second of a run, counted from the records as jobs end.
package struct PaceRecord: Sendable {
  private var seconds: [ValiditySample] = []
  /// Change of the jobs in flight in each second.
  private var changes: [Int] = []

  /// Later than this a job counts as late, in nanoseconds.
  private static let lateLimit: Int64 = 1_000_000
  /// A week of seconds: later instants count in the last one, so that one wrong instant cannot fill the memory.
  private static let mostSeconds = 604_800

  package init() {}

  /// Counts a job that has ended.
  package mutating func add(_ record: JobRecord) {
    let due = grow(to: record.t0)
    seconds[due].planned += 1
    guard let t1 = record.t1 else { return }
    let sent = grow(to: t1)
    seconds[sent].sent += 1
    if t1 - record.t0 > Self.lateLimit { seconds[sent].late += 1 }
    seconds[sent].latenessMaximum = max(seconds[sent].latenessMaximum, t1 - record.t0)
    changes[sent] += 1
    changes[grow(to: max(record.endedAt, t1))] -= 1
  }

  /// The samples of the machine, with what was due and sent in their seconds.
  package func samples(with host: [ValiditySample]) -> [ValiditySample] {
    let watched = Dictionary(host.map { ($0.second, $0) }) { $1 }
    var inFlight = 0
    return (0..<max(seconds.count, (host.map(\.second).max() ?? -1) + 1)).map { second in
      var sample = watched[second] ?? ValiditySample(second: second)
      if seconds.indices.contains(second) {
        let pace = seconds[second]
        (sample.planned, sample.sent, sample.late) = (pace.planned, pace.sent, pace.late)
        sample.latenessMaximum = pace.latenessMaximum
        inFlight += changes[second]
      }
      sample.inFlight = inFlight
      return sample
    }
  }

  private mutating func grow(to instant: Int64) -> Int {
    let second = min(TickerRecord.second(of: instant), Self.mostSeconds)
    while seconds.count <= second {
      seconds.append(ValiditySample(second: seconds.count))
      changes.append(0)
    }
    return second
  }
}
