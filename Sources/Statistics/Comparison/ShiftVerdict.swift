/// What a comparison of durations says, in one word.
public enum ShiftVerdict: String, Codable, Sendable, Hashable, CaseIterable {
  /// Slower: the interval leaves 0 out, and the shift is above the practical margin.
  case regression
  /// Faster, by the same two conditions.
  case improvement
  /// Shown to be the same within the practical margin.
  case noChange = "no_change"
  /// Neither could be shown.
  case inconclusive

  /// The verdict on a shift; `margin` is the practical one as a share of the baseline, such as 0.05.
  ///
  /// A baseline that is not above 0 has no shares, so nothing can be shown.
  public init(_ shift: ShiftEstimate, margin: Double) {
    let limit = margin * shift.reference
    if shift.reference <= 0 {
      self = .inconclusive
    } else if shift.excludesZero, abs(shift.value) > limit {
      self = shift.value > 0 ? .regression : .improvement
    } else {
      self = shift.isEquivalent(within: limit) ? .noChange : .inconclusive
    }
  }

  /// The word for people.
  public var title: String {
    switch self {
    case .regression: "regression"
    case .improvement: "improvement"
    case .noChange: "no change"
    case .inconclusive: "inconclusive"
    }
  }
}
