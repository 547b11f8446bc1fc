import RunRecords

/// What a loop knows at its end, by value, and what several loops know together.
package struct LoopResult: Sendable, Equatable {
  /// The phases as they went.
  package var passages: [Scheduler.Passage]
  /// Jobs that became due.
  package var scheduled: Int
  /// Why the loop ended.
  package var end: RunEnd
  /// Nanoseconds from the run's start to the loop's end.
  package var duration: Int64
  /// Jobs in flight over the recorded phases.
  package var inFlight: InFlightIntegral
  /// Share of its time that the loop's thread was on a processor.
  package var cpuShare: Double
  /// Share of its time that the loop's thread waited for a processor; nil where the kernel does not count it.
  package var waitingShare: Double?

  package init(
    passages: [Scheduler.Passage], scheduled: Int, end: RunEnd = .completed, duration: Int64,
    inFlight: InFlightIntegral, cpuShare: Double, waitingShare: Double? = nil
  ) {
    self.passages = passages
    self.scheduled = scheduled
    self.end = end
    self.duration = duration
    self.inFlight = inFlight
    self.cpuShare = cpuShare
    self.waitingShare = waitingShare
  }

  /// Several loops' shares of one run as one; nil of none.
  ///
  /// Jobs add up, a phase lasts as long as in the loop that took longest, and the busiest thread speaks for all:
  /// a run is no better than its worst loop.
  package static func merged(_ parts: [Self]) -> Self? {
    guard var whole = parts.first else { return nil }
    for part in parts.dropFirst() { whole.add(part) }
    return whole
  }

  private mutating func add(_ other: Self) {
    let pairs = zip(passages, other.passages).map { $0.merged(with: $1) }
    // A loop that was stopped may not have seen the last phases.
    passages = pairs + passages.dropFirst(pairs.count) + other.passages.dropFirst(pairs.count)
    scheduled += other.scheduled
    if end == .completed { end = other.end }
    duration = max(duration, other.duration)
    inFlight.add(other.inFlight)
    cpuShare = max(cpuShare, other.cpuShare)
    waitingShare = [waitingShare, other.waitingShare].compactMap(\.self).max()
  }
}

extension Scheduler.Passage {
  fileprivate func merged(with other: Self) -> Self {
    var whole = self
    whole.start = min(start, other.start)
    whole.end = if let end, let otherEnd = other.end { max(end, otherEnd) } else { nil }
    whole.scheduled += other.scheduled
    return whole
  }
}
