import Pricing
import RunRecords
import Statistics

/// What correct jobs cost against how long their users wait, for parts of a run or for runs.
public struct CostFrontier: Sendable {
  /// Some jobs that belong together.
  public struct Point: Sendable {
    /// Which jobs, for people.
    public let title: String
    /// The key in `summary.json`.
    let key: String
    /// 95th percentile of the end-to-end time, in nanoseconds.
    public let p95: Double
    /// US dollars for 1,000 jobs that succeeded, those that did not paid for too.
    public let dollars: Double
    /// No other point is both cheaper and faster.
    public fileprivate(set) var isEfficient = true
  }

  /// The points, the fastest first; none where fewer than two have both figures.
  public let points: [Point]

  /// Phases and languages of a run, where there are several; a percentile that the data do not support is no point.
  init(_ series: [SeriesFigures], _ cost: CostFigures) {
    self.init(
      series.filter { $0.series == .e2e && $0.scope != .all }.compactMap { figures in
        Self.point(
          figures.scope.title, figures.scope.key, figures.quantile(0.95),
          cost.cost(of: figures.scope).perSuccess?.double)
      })
  }

  /// The sides of a comparison.
  init(_ sides: [ComparedSide]) {
    self.init(
      sides.compactMap { side in
        var cost = side.runs[0].cost.all
        for run in side.runs.dropFirst() { cost += run.cost.all }
        return Self.point(
          "\(side.label) \(side.title)", side.label, side.sample(.e2e, .all).quantile(0.95), cost.perSuccess?.double)
      })
  }

  private static func point(_ title: String, _ key: String, _ p95: QuantileEstimate, _ dollars: Double?) -> Point? {
    guard case .exactly(let nanoseconds) = p95.value, let dollars else { return nil }
    return Point(title: title, key: key, p95: Double(nanoseconds), dollars: dollars * 1_000)
  }

  private init(_ found: [Point]) {
    guard found.count > 1 else {
      points = []
      return
    }
    points = found.sorted { ($0.p95, $0.dollars) < ($1.p95, $1.dollars) }.map { one in
      var one = one
      one.isEfficient = !found.contains { other in
        other.p95 <= one.p95 && other.dollars <= one.dollars && (other.p95 < one.p95 || other.dollars < one.dollars)
      }
      return one
    }
  }
}
