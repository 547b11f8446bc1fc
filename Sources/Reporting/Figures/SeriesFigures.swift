public import RunRecords
public import Statistics

/// What a series says over the jobs of a scope.
public struct SeriesFigures: Sendable {
  /// Which jobs.
  public let scope: FigureScope
  /// Which series.
  public let series: Series
  /// The values.
  public let sample: Sample
  /// The percentiles that reports print, with intervals, or why there are none.
  public let quantiles: [QuantileEstimate]

  init(_ series: Series, of records: JobRecords, scope: FigureScope, clock: RunClock) {
    self.scope = scope
    self.series = series
    sample = Sample(series, of: records.lazy.filter(scope.contains), on: clock)
    let sample = sample
    quantiles = PercentileRule.printed.map { sample.quantile($0) }
  }

  /// The estimate of one of the printed percentiles.
  public func quantile(_ probability: Double) -> QuantileEstimate {
    quantiles.first { $0.probability == probability } ?? sample.quantile(probability)
  }
}
