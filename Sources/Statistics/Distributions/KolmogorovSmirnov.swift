import Glibc

/// Whether values come from a given continuous distribution: the test of Kolmogorov and Smirnov.
///
///     D = sup |F_n(x) - F(x)|,   p = 2 sum over j >= 1 of (-1)^(j-1) exp(-2 j^2 z^2)
///
/// with Stephens' (1970) z = D (sqrt n + 0.12 + 0.11 / sqrt n), which from ten values on is right within 0.005 where
/// p < 0.3 and within 0.03 elsewhere. The distribution must be known beforehand: parameters that were fitted to the same
/// values make p too large.
public struct KolmogorovSmirnov: Sendable, Hashable {
  /// Values.
  public let count: Int
  /// The largest difference D between the empirical and the given distribution.
  public let statistic: Double
  /// The chance of a D at least as large where the values do come from the distribution; 1 without a value.
  public let pValue: Double

  /// The test of `values`, in any order, against the distribution function `cumulative`.
  public init(_ values: [Double], against cumulative: (Double) -> Double) {
    let sorted = values.sorted()
    let n = Double(sorted.count)
    var largest = 0.0
    for (index, value) in sorted.enumerated() {
      let expected = cumulative(value)
      largest = max(largest, expected - Double(index) / n, Double(index + 1) / n - expected)
    }
    count = sorted.count
    statistic = largest
    pValue = sorted.isEmpty ? 1 : Self.survival(largest * (n.squareRoot() + 0.12 + 0.11 / n.squareRoot()))
  }

  /// The test of waiting times against the exponential distribution with a mean known beforehand.
  public static func exponential(_ values: [Double], mean: Double) -> KolmogorovSmirnov {
    KolmogorovSmirnov(values) { $0 <= 0 ? 0 : -expm1(-$0 / mean) }
  }

  /// P(K >= z) of the Kolmogorov distribution.
  static func survival(_ z: Double) -> Double {
    guard z > 0.2 else { return 1 }
    var sum = 0.0
    var sign = 1.0
    for j in 1...100 {
      let term = exp(-2 * Double(j * j) * z * z)
      sum += sign * term
      if term < 1e-17 { break }
      sign = -sign
    }
    return min(1, max(0, 2 * sum))
  }
}
