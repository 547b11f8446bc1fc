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

  init(_ series: Series, scope: FigureScope, sample: Sample) {
    self.scope = scope
    self.series = series
    self.sample = sample
    quantiles = PercentileRule.printed.map { sample.quantile($0) }
  }

  /// Every series over every scope that has a value in it, from one look at each job.
  static func all(of records: JobRecords, _ scopes: [FigureScope], on clock: RunClock) -> [SeriesFigures] {
    let series = Series.allCases
    var collectors = scopes.map { _ in series.map { _ in SampleCollector() } }
    for record in records {
      let own = scopes.indices.filter { scopes[$0].contains(record) }
      for (place, series) in series.enumerated() {
        guard let value = record.value(of: series, on: clock) else { continue }
        for scope in own { collectors[scope][place].add(value.nanoseconds, isCensored: value.isCensored) }
      }
    }
    return zip(scopes, collectors).flatMap { scope, collectors in
      zip(series, collectors).map { SeriesFigures($0, scope: scope, sample: $1.sample) }
    }.filter { $0.sample.count > 0 }
  }

  /// The estimate of one of the printed percentiles.
  public func quantile(_ probability: Double) -> QuantileEstimate {
    quantiles.first { $0.probability == probability } ?? sample.quantile(probability)
  }
}
