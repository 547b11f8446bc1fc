/// The mean number of jobs in flight over the recorded phases, counted as it happens and not from the records, so
/// that Little's law can be checked against them.
///
///     L = (1 / T) * integral of n(t) dt over the recorded phases, T their length in all
package struct InFlightIntegral: Sendable, Equatable {
  private var level = 0
  private var since: Int64
  /// Integral in job-nanoseconds.
  private var area = 0.0
  private var length: Int64 = 0
  private var isRecording = false

  package init(from start: Int64) {
    since = start
  }

  /// Jobs in flight now.
  package var current: Int { level }

  /// A job was dispatched (+1) or has ended (-1).
  package mutating func change(by difference: Int, at now: Int64) {
    accumulate(to: now)
    level += difference
  }

  /// A phase begins, recorded or not, or the last one is over.
  package mutating func record(_ isRecorded: Bool, at now: Int64) {
    accumulate(to: now)
    isRecording = isRecorded
  }

  /// The mean so far; nil where nothing was recorded.
  package var mean: Double? { length > 0 ? area / Double(length) : nil }

  /// Adds what another loop had in flight at the same time; a loop that was done sooner had nothing from then on.
  package mutating func add(_ other: Self) {
    area += other.area
    length = max(length, other.length)
    level += other.level
    since = max(since, other.since)
  }

  private mutating func accumulate(to now: Int64) {
    let step = max(now - since, 0)
    if isRecording {
      area += Double(level) * Double(step)
      length += step
    }
    since = max(now, since)
  }
}
