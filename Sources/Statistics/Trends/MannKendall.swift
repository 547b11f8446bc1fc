import Glibc

/// Whether equally spaced values rise or fall: the Mann-Kendall test with Sen's slope.
///
///     S = sum over i < j of sign(x_j - x_i),   Var S = (n(n-1)(2n+5) - sum over ties t(t-1)(2t+5)) / 18
///     z = (S - sign S) / sqrt(Var S)
///
/// The slope is the median of all pairwise slopes; its 95 % interval takes the order statistics at
/// (N +- 1.96 sqrt(Var S)) / 2 of the N slopes (Gilbert 1987, section 16.5).
public struct MannKendall: Sendable, Hashable {
  /// Two-sided p-value; 1 where there are fewer than four values or all are equal.
  public let pValue: Double
  /// Change from one value to the next.
  public let slope: Double
  /// Lower end of the slope's 95 % interval.
  public let slopeLower: Double
  /// Upper end of the slope's 95 % interval.
  public let slopeUpper: Double

  /// The test of `values`; costs n^2, so pass at most some hundreds.
  public init(_ values: [Double]) {
    let n = values.count
    guard n >= 4 else {
      (pValue, slope, slopeLower, slopeUpper) = (1, 0, 0, 0)
      return
    }
    var score = 0.0
    var slopes: [Double] = []
    slopes.reserveCapacity(n * (n - 1) / 2)
    for i in 0..<n {
      for j in (i + 1)..<n {
        let difference = values[j] - values[i]
        score += difference > 0 ? 1 : difference < 0 ? -1 : 0
        slopes.append(difference / Double(j - i))
      }
    }
    slopes.sort()
    let deviation = Self.variance(values).squareRoot()
    let z = deviation == 0 || score == 0 ? 0 : (score - (score > 0 ? 1 : -1)) / deviation
    pValue = erfc(abs(z) / 2.0.squareRoot())
    slope = Self.median(slopes)
    let reach = 1.959_963_984_540_054 * deviation
    let pairs = Double(slopes.count)
    slopeLower = slopes[max(0, Int(((pairs - reach) / 2).rounded(.down)) - 1)]
    slopeUpper = slopes[min(slopes.count - 1, Int(((pairs + reach) / 2).rounded(.up)))]
  }

  private static func variance(_ values: [Double]) -> Double {
    let n = Double(values.count)
    let ties = Dictionary(grouping: values) { $0 }.values.map { Double($0.count) }
    let correction = ties.reduce(0) { $0 + $1 * ($1 - 1) * (2 * $1 + 5) }
    return (n * (n - 1) * (2 * n + 5) - correction) / 18
  }

  private static func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
