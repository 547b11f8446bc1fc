import Glibc

/// Student's t distribution with any number of degrees of freedom above 0, whole or not.
public struct StudentT: Sendable, Hashable {
  /// Degrees of freedom.
  public let freedom: Double

  /// A distribution; traps where there is no degree of freedom.
  public init(freedom: Double) {
    precondition(freedom > 0, "a t distribution needs degrees of freedom, got \(freedom)")
    self.freedom = freedom
  }

  /// P(T <= t), through the incomplete beta function (Abramowitz and Stegun 26.7.1).
  public func cumulative(_ t: Double) -> Double {
    let tail = IncompleteBeta.regularized(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
    return t > 0 ? 1 - tail : tail
  }

  /// The t with P(T <= t) = `probability`, by bisection to the last bits; traps outside 0 < p < 1.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a t quantile is of 0 < p < 1, got \(probability)")
    if probability == 0.5 { return 0 }
    if probability > 0.5 { return -quantile(1 - probability) }
    var low = -1.0
    while cumulative(low) > probability, low > -1e300 { low *= 2 }
    var high = 0.0
    for _ in 0..<200 where high - low > 1e-15 * abs(low) {
      let middle = (low + high) / 2
      if cumulative(middle) > probability { high = middle } else { low = middle }
    }
    return (low + high) / 2
  }
}

/// The regularised incomplete beta function.
enum IncompleteBeta {
  /// I_x(a, b) by its continued fraction (DLMF 8.17.22), evaluated after Lentz.
  static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // The fraction converges fast below the mean; above it the mirrored one does.
    if x > (a + 1) / (a + b + 2) { return 1 - regularized(1 - x, b, a) }
    let factor = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return factor * fraction(x, a, b) / a
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    var (c, d) = (1.0, 1 / kept(1 - (a + b) * x / (a + 1)))
    var value = d
    for m in 1...10_000 {
      let m = Double(m)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      var change = 1.0
      for term in [even, odd] {
        d = 1 / kept(1 + term * d)
        c = kept(1 + term / c)
        change = c * d
        value *= change
      }
      if abs(change - 1) < 1e-15 { break }
    }
    return value
  }

  private static func kept(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
}
