import Pricing
import RunRecords
import Statistics

/// What correct jobs cost against how long their users wait, for each part of a run that has both figures.
public struct CostFrontier: Sendable {
  /// The jobs of one scope.
  public struct Point: Sendable {
    /// Which jobs.
    public let scope: FigureScope
    /// 95th percentile of the end-to-end time, in nanoseconds.
    public let p95: Double
    /// US dollars for 1,000 jobs that succeeded, those that did not paid for too.
    public let dollars: Double
    /// No other point is both cheaper and faster.
    public let isEfficient: Bool
  }

  /// The points, the fastest first; none where fewer than two scopes have both figures.
  public let points: [Point]

  /// Phases and languages, where there are several; a percentile that the data do not support is no point.
  init(_ series: [SeriesFigures], _ cost: CostFigures) {
    let found = series.compactMap { figures -> (scope: FigureScope, p95: Double, dollars: Double)? in
      guard figures.series == .e2e, figures.scope != .all,
        case .exactly(let p95) = figures.quantile(0.95).value
      else { return nil }
      return cost.cost(of: figures.scope).perSuccess.map { (figures.scope, Double(p95), $0.double * 1_000) }
    }.sorted { ($0.p95, $0.dollars) < ($1.p95, $1.dollars) }
    points = (found.count < 2 ? [] : found).map { one in
      let isBeaten = found.contains { other in
        other.p95 <= one.p95 && other.dollars <= one.dollars && (other.p95 < one.p95 || other.dollars < one.dollars)
      }
      return Point(scope: one.scope, p95: one.p95, dollars: one.dollars, isEfficient: !isBeaten)
    }
  }
}
