import Statistics

/// A histogram for each series of each phase, filled one job after the other.
struct SeriesHistograms: Sendable {
  /// A series of a phase.
  struct Entry: Sendable {
    var histogram = SeriesHistogram()
    /// Values that are the age of a job that never finished.
    var unfinished = 0
  }

  private(set) var phases: [String: [Series: Entry]] = [:]

  mutating func add(_ record: JobRecord, _ series: some Sequence<Series>, on clock: RunClock) {
    for series in series {
      guard let value = record.value(of: series, on: clock) else { continue }
      phases[record.phase, default: [:]][series, default: Entry()].add(value)
    }
  }
}

extension SeriesHistograms.Entry {
  mutating func add(_ value: SeriesValue) {
    histogram.record(nanoseconds: value.nanoseconds)
    if value.isCensored { unfinished += 1 }
  }
}

extension Series {
  /// Whether the offset between the clocks moves its values, so that they are only known once the run is over.
  var needsClockOffset: Bool { self == .notice || self == .residual }
}
