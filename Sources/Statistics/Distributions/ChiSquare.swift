import Glibc

/// The chi-square distribution, and the test that counts fall into the same classes in the same shares.
public struct ChiSquare: Sendable, Hashable {
  /// Degrees of freedom, at least 1.
  public let freedom: Int

  /// A distribution; traps where there is no degree of freedom.
  public init(freedom: Int) {
    precondition(freedom >= 1, "a chi-square distribution needs degrees of freedom, got \(freedom)")
    self.freedom = freedom
  }

  /// P(X >= x), by the series or the continued fraction of the incomplete gamma function (DLMF 8.11.4, 8.9.2).
  public func survival(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    let (a, half) = (Double(freedom) / 2, x / 2)
    let factor = exp(a * log(half) - half - lgamma(a))
    return min(1, max(0, half < a + 1 ? 1 - factor * Self.series(a, half) : factor * Self.fraction(a, half)))
  }

  /// The p-value that two sets of counts, class by class, come from the same shares (Pearson 1900).
  ///
  /// Classes that are empty on both sides do not count; 1 where fewer than two are left or a side is empty.
  public static func homogeneity(_ first: [Int], _ second: [Int]) -> Double {
    precondition(first.count == second.count, "the same classes on both sides")
    let classes = zip(first, second).filter { $0 + $1 > 0 }.map { (Double($0), Double($1)) }
    let (all1, all2) = classes.reduce((0.0, 0.0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    guard classes.count > 1, all1 > 0, all2 > 0 else { return 1 }
    let statistic = classes.reduce(0.0) { sum, pair in
      let share = (pair.0 + pair.1) / (all1 + all2)
      let (expected1, expected2) = (share * all1, share * all2)
      return sum + (pair.0 - expected1) * (pair.0 - expected1) / expected1
        + (pair.1 - expected2) * (pair.1 - expected2) / expected2
    }
    return ChiSquare(freedom: classes.count - 1).survival(statistic)
  }

  private static func series(_ a: Double, _ x: Double) -> Double {
    var (term, sum) = (1 / a, 1 / a)
    for n in 1...100_000 where abs(term) > 1e-17 * abs(sum) {
      term *= x / (a + Double(n))
      sum += term
    }
    return sum
  }

  private static func fraction(_ a: Double, _ x: Double) -> Double {
    var b = x + 1 - a
    var (c, d) = (1e300, 1 / b)
    var value = d
    for n in 1...100_000 {
      let term = -Double(n) * (Double(n) - a)
      b += 2
      d = 1 / kept(term * d + b)
      c = kept(b + term / c)
      value *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return value
  }

  private static func kept(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
}
