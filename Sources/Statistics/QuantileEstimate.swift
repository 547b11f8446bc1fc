/// What a sample says about one of its quantiles.
public struct QuantileEstimate: Sendable, Hashable {
  /// The value, or what stands in its place.
  public enum Value: Sendable, Hashable {
    /// The quantile.
    case exactly(Int64)
    /// The quantile falls on a value that is only known to be larger than this: an unfinished job at its age.
    case moreThan(Int64)
    /// Too few values (n(1-p) < 10).
    case notAvailable
  }

  /// Which quantile, from 0 to 1.
  public let probability: Double
  /// Values in the sample, unfinished ones included.
  public let count: Int
  /// The value, in the unit of the sample.
  public let value: Value
  /// Lower end of the 95 % interval; nil where the sample is too small for one.
  public let lower: Int64?
  /// Upper end of the 95 % interval; nil where the sample is too small or falls on unfinished jobs.
  public let upper: Int64?

  /// An estimate.
  public init(probability: Double, count: Int, value: Value, lower: Int64? = nil, upper: Int64? = nil) {
    self.probability = probability
    self.count = count
    self.value = value
    self.lower = lower
    self.upper = upper
  }

  /// The value where it is known exactly.
  public var exact: Int64? {
    if case .exactly(let value) = value { value } else { nil }
  }
}
