/// Counts what happened in each second of a run, one job after the other and in any order.
package struct WindowTally: Sendable {
  private static let nanosecondsPerSecond: Int64 = 1_000_000_000
  /// A week of seconds: later events count in the last one, so that one wrong instant cannot fill the memory.
  private static let mostWindows = 7 * 86_400

  private let sloMilliseconds: Double?
  private var counts: [RunWindow] = []
  /// Nanoseconds of jobs in flight by second: whole numbers, so that the order of jobs does not matter.
  private var inFlight: [Int64] = []

  package init(sloMilliseconds: Double?) { self.sloMilliseconds = sloMilliseconds }

  /// The windows, without a gap from the run's start to its last event.
  package var windows: [RunWindow] {
    zip(counts, inFlight).map { window, nanoseconds in
      var window = window
      window.inFlight = Double(nanoseconds) / Double(Self.nanosecondsPerSecond)
      return window
    }
  }

  package mutating func add(_ record: JobRecord) {
    count(record.t0) { $0.offered += 1 }
    count(record.t1) { $0.sent += 1 }
    // A platform that answers with the result gives no id.
    count(record.t4 ?? (record.jobId == nil ? record.t7 : nil)) { $0.accepted += 1 }
    let isGood = record.isGood(sloMilliseconds: sloMilliseconds)
    count(record.t7) { window in
      window.completed += 1
      if record.outcome == .succeeded { window.succeeded += 1 }
      if isGood { window.good += 1 }
      if record.waitedForEnvironment == true { window.cold += 1 }
    }
    count(record.endedAt) { if record.outcome == .rejected { $0.rejected += 1 } }
    if let t1 = record.t1 { addInFlight(from: t1, to: max(t1, record.endedAt)) }
  }

  private mutating func count(_ instant: Int64?, _ change: (inout RunWindow) -> Void) {
    guard let instant else { return }
    let second = Self.second(instant)
    while counts.count <= second {
      counts.append(RunWindow(second: counts.count))
      inFlight.append(0)
    }
    change(&counts[second])
  }

  private mutating func addInFlight(from start: Int64, to end: Int64) {
    for second in Self.second(start)...Self.second(end) where second < inFlight.count {
      let first = Int64(second) * Self.nanosecondsPerSecond
      inFlight[second] += max(0, min(end, first + Self.nanosecondsPerSecond) - max(start, first))
    }
  }

  private static func second(_ instant: Int64) -> Int { min(mostWindows, max(0, Int(instant / nanosecondsPerSecond))) }
}
