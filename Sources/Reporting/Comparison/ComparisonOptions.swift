/// How strict a comparison is.
public struct ComparisonOptions: Sendable, Hashable {
  /// The chance that a candidate that is the same as its baseline is called different, over all its headline rows together.
  public var alpha: Double
  /// The smallest shift that matters, as a share of the baseline.
  public var margin: Double
  /// The smallest drop of the share of succeeded jobs that matters.
  public var outcomeMargin: Double
  /// Compares runs that are INVALID or of another mix all the same, and says so.
  public var isForced: Bool

  /// The power that the minimum detectable effect is computed for.
  public static let power = 0.8

  /// Options; traps where alpha is not between 0 and 0.5 or a margin is negative.
  public init(alpha: Double = 0.01, margin: Double = 0.05, outcomeMargin: Double = 0.01, isForced: Bool = false) {
    precondition(alpha > 0 && alpha < 0.5, "alpha is between 0 and 0.5, got \(alpha)")
    precondition(margin >= 0 && outcomeMargin >= 0, "a margin is not negative")
    self.alpha = alpha
    self.margin = margin
    self.outcomeMargin = outcomeMargin
    self.isForced = isForced
  }
}
