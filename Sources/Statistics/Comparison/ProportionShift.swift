/// The difference between two shares, with Newcombe's (1998) interval: method 10, from the score intervals of both.
///
///     d - sqrt((p2 - l2)^2 + (u1 - p1)^2)   to   d + sqrt((u2 - p2)^2 + (p1 - l1)^2)
public struct ProportionShift: Sendable, Hashable {
  /// The share in the baseline.
  public let baseline: WilsonInterval
  /// The share in the candidate.
  public let candidate: WilsonInterval
  /// candidate - baseline, from -1 to 1.
  public let value: Double
  /// Lower end of the interval at confidence 1 - alpha.
  public let lower: Double
  /// Upper end of the interval.
  public let upper: Double

  /// The difference between `candidate` of `candidateCount` and `baseline` of `baselineCount`.
  public init(
    baseline: Int, of baselineCount: Int, candidate: Int, of candidateCount: Int, alpha: Double = 0.05
  ) {
    let first = WilsonInterval(successes: baseline, count: baselineCount, confidence: 1 - alpha)
    let second = WilsonInterval(successes: candidate, count: candidateCount, confidence: 1 - alpha)
    func reach(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    self.baseline = first
    self.candidate = second
    value = second.proportion - first.proportion
    lower = max(-1, value - reach(second.proportion - second.lower, first.upper - first.proportion))
    upper = min(1, value + reach(second.upper - second.proportion, first.proportion - first.lower))
  }

  /// Whether the interval leaves 0 out.
  public var excludesZero: Bool { lower > 0 || upper < 0 }
}
