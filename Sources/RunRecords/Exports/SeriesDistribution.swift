import Statistics

/// One series over the recorded jobs of a run, for the tools that draw HdrHistogram's percentile files.
struct SeriesDistribution {
  private let series: Series
  private let clock: RunClock
  private var histogram = SeriesHistogram()

  init(_ series: Series, of info: RunInfo) {
    self.series = series
    clock = RunClock(info)
  }

  mutating func add(_ record: JobRecord) {
    guard record.recorded, let value = record.value(of: series, on: clock) else { return }
    histogram.record(nanoseconds: value.nanoseconds)
  }

  /// The file; jobs that never finished count at their age.
  var text: String { histogram.percentileText }
}
