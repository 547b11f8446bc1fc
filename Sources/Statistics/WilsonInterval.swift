/// A proportion with its score interval (Wilson 1927), which stays inside 0...1 and is right for 0 of n too.
///
///     (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n),   p = successes/n, z = 1.96 for 95 %
public struct WilsonInterval: Sendable, Hashable {
  /// How many of `count` had the property.
  public let successes: Int
  /// How many there were.
  public let count: Int
  /// successes / count; 0 of 0 is 0.
  public let proportion: Double
  /// Lower end, from 0.
  public let lower: Double
  /// Upper end, to 1.
  public let upper: Double

  /// The interval for `successes` of `count`; traps where that is no proportion.
  public init(successes: Int, count: Int, confidence: Double = 0.95) {
    precondition((0...max(0, count)).contains(successes), "\(successes) of \(count) is no proportion")
    self.successes = successes
    self.count = count
    guard count > 0 else {
      (proportion, lower, upper) = (0, 0, 1)
      return
    }
    let z = StandardNormal.quantile((1 + confidence) / 2)
    let n = Double(count)
    let p = Double(successes) / n
    let centre = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    proportion = p
    lower = successes == 0 ? 0 : max(0, (centre - half) / scale)
    upper = successes == count ? 1 : min(1, (centre + half) / scale)
  }
}
