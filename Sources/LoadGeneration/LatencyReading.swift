import Statistics

/// Percentiles of a series at one moment, in nanoseconds; nil where there are too few jobs to say.
public struct LatencyReading: Sendable, Equatable {
  /// Jobs behind them.
  public var count: Int
  /// The median.
  public var median: Int64?
  /// The 95th percentile.
  public var percentile95: Int64?
  /// The 99th percentile.
  public var percentile99: Int64?

  /// A reading.
  public init(count: Int = 0, median: Int64? = nil, percentile95: Int64? = nil, percentile99: Int64? = nil) {
    self.count = count
    self.median = median
    self.percentile95 = percentile95
    self.percentile99 = percentile99
  }

  init(_ histogram: SeriesHistogram) {
    self.init(
      count: histogram.count, median: histogram.quantile(0.5).exact, percentile95: histogram.quantile(0.95).exact,
      percentile99: histogram.quantile(0.99).exact)
  }
}
