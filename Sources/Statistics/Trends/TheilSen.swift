/// A line through points of which some may be far off: Theil's (1950) and Sen's (1968) estimator.
///
/// The slope is the median of the slopes of all pairs of points with different x; its interval takes the order statistics at
/// (N +- z sqrt(Var S)) / 2 of the N slopes, Var S being Kendall's variance with ties in x and y (Sen 1968).
public struct TheilSen: Sendable, Hashable {
  /// Change of y for a change of x by 1.
  public let slope: Double
  /// median(y) - slope median(x).
  public let intercept: Double
  /// Lower end of the slope's interval.
  public let lower: Double
  /// Upper end of the slope's interval.
  public let upper: Double

  /// The line, or nil where all x are the same.
  ///
  /// Costs n^2, so pass at most some hundred points.
  public init?(_ points: [(x: Double, y: Double)], confidence: Double = 0.95) {
    var slopes: [Double] = []
    for (index, first) in points.enumerated() {
      for second in points[(index + 1)...] where second.x != first.x {
        slopes.append((second.y - first.y) / (second.x - first.x))
      }
    }
    guard !slopes.isEmpty else { return nil }
    slopes.sort()
    let slope = Self.median(slopes)
    self.slope = slope
    intercept = Self.median(points.map(\.y).sorted()) - slope * Self.median(points.map(\.x).sorted())
    let deviation = Self.variance(points.map(\.x), points.map(\.y)).squareRoot()
    let reach = StandardNormal.quantile((1 + confidence) / 2) * deviation
    let pairs = Double(slopes.count)
    let last = slopes.count - 1
    lower = slopes[min(last, max(0, Int(((pairs - reach) / 2).rounded()) - 1))]
    upper = slopes[min(last, max(0, Int(((pairs + reach) / 2).rounded())))]
  }

  /// Variance of Kendall's S (Kendall 1975); ties on both sides are taken out of it.
  private static func variance(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    func ties(_ values: [Double]) -> Double {
      let sizes = Dictionary(grouping: values) { $0 }.values.map { Double($0.count) }
      return sizes.reduce(0.0) { sum, size in sum + size * (size - 1) * (2 * size + 5) }
    }
    return max(0, (n * (n - 1) * (2 * n + 5) - ties(x) - ties(y)) / 18)
  }

  private static func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
