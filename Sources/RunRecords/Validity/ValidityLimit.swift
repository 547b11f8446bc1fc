/// Where a check becomes suspect and where it becomes invalid.
public struct ValidityLimit: Codable, Sendable, Hashable {
  /// What a value counts.
  public enum Unit: String, Codable, Sendable, Hashable, CaseIterable {
    /// Milliseconds.
    case milliseconds = "ms"
    /// A share, from 0 to 1.
    case share
    /// Jobs.
    case jobs
  }

  /// The unit of both limits.
  public var unit: Unit
  /// Beyond this the figures may be off; nil where the check knows no doubt.
  public var suspect: Double?
  /// Beyond this they are no measurement; nil where the check never says so.
  public var invalid: Double?
  /// The limits are the least that there must be, and not the most.
  public var isFloor: Bool

  /// A pair of limits.
  public init(_ unit: Unit, suspect: Double? = nil, invalid: Double? = nil, isFloor: Bool = false) {
    self.unit = unit
    self.suspect = suspect
    self.invalid = invalid
    self.isFloor = isFloor
  }

  /// The level of a value; a value at a limit is still within it.
  public func level(of value: Double) -> ValidityLevel {
    if let invalid, isBeyond(value, invalid) { return .invalid }
    if let suspect, isBeyond(value, suspect) { return .suspect }
    return .ok
  }

  // A value that is no number is beyond every limit: nothing can be said for it. The slack keeps a mean of values at
  // the limit from being beyond it by its last bit.
  private func isBeyond(_ value: Double, _ limit: Double) -> Bool {
    let slack = abs(limit) * 1e-9
    return isFloor ? !(value >= limit - slack) : !(value <= limit + slack)
  }
}
