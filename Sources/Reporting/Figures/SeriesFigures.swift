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

  /// The estimate of one of the printed percentiles.
  public func quantile(_ probability: Double) -> QuantileEstimate {
    quantiles.first { $0.probability == probability } ?? sample.quantile(probability)
  }
}

/// Collects every series over every scope, one job after the other.
struct SeriesTally {
  private static let series = Series.allCases

  private let scopes: [FigureScope]
  private let clock: RunClock
  /// By scope, then by series.
  private var collectors: [[SampleCollector]]

  init(_ scopes: [FigureScope], clock: RunClock) {
    self.scopes = scopes
    self.clock = clock
    collectors = scopes.map { _ in Self.series.map { _ in SampleCollector() } }
  }

  mutating func add(_ job: JobRecord) {
    for (place, series) in Self.series.enumerated() {
      guard let value = job.value(of: series, on: clock) else { continue }
      for scope in scopes.indices where scopes[scope].contains(job) {
        collectors[scope][place].add(value.nanoseconds, isCensored: value.isCensored)
      }
    }
  }

  /// The series of each scope that have a value in it.
  var figures: [SeriesFigures] {
    zip(scopes, collectors).flatMap { scope, collectors in
      zip(Self.series, collectors).map { SeriesFigures($0, scope: scope, sample: $1.sample) }
    }.filter { $0.sample.count > 0 }
  }
}
