/// By how much a candidate differs from its baseline, with what is known of the error.
///
/// Whole numbers or not, the unit is the samples'. A shift above 0 means that the candidate's values are larger.
public struct ShiftEstimate: Sendable, Hashable {
  /// candidate - baseline.
  public let value: Double
  /// Lower end of the interval at confidence 1 - alpha; nil where the samples are too small for one.
  public let lower: Double?
  /// Upper end of the interval.
  public let upper: Double?
  /// Lower end of the narrower interval at 1 - 2 alpha, which decides equivalence.
  public let equivalenceLower: Double?
  /// Upper end of the narrower interval.
  public let equivalenceUpper: Double?
  /// Standard error of the value; nil where there is no interval.
  public let standardError: Double?
  /// The baseline's own value, which shares are taken of.
  public let reference: Double
  /// The chance that the interval does not hold the true shift.
  public let alpha: Double

  /// An estimate.
  public init(
    value: Double, interval: ClosedRange<Double>?, equivalence: ClosedRange<Double>?, standardError: Double?,
    reference: Double, alpha: Double
  ) {
    self.value = value
    (lower, upper) = (interval?.lowerBound, interval?.upperBound)
    (equivalenceLower, equivalenceUpper) = (equivalence?.lowerBound, equivalence?.upperBound)
    self.standardError = standardError
    self.reference = reference
    self.alpha = alpha
  }

  /// A length in the sample's unit as a share of the baseline; nil where the baseline is not above 0.
  public func share(_ length: Double?) -> Double? {
    guard let length, reference > 0 else { return nil }
    return length / reference
  }

  /// Whether the interval is there and leaves 0 out.
  public var excludesZero: Bool {
    guard let lower, let upper else { return false }
    return lower > 0 || upper < 0
  }

  /// Whether two one-sided tests at `alpha` reject a difference of `margin` or more, to either side (Schuirmann 1987).
  public func isEquivalent(within margin: Double) -> Bool {
    guard let equivalenceLower, let equivalenceUpper else { return false }
    return equivalenceLower > -margin && equivalenceUpper < margin
  }

  /// The smallest true shift that would be called a regression or an improvement with the chance `power`.
  ///
  /// The estimate must reach both the practical margin and the end of chance, so it is
  /// max(margin, z(1 - alpha/2) SE) + z(power) SE.
  public func detectable(margin: Double, power: Double = 0.8) -> Double? {
    guard let standardError else { return nil }
    return max(margin, StandardNormal.quantile(1 - alpha / 2) * standardError)
      + StandardNormal.quantile(power) * standardError
  }
}
