/// What came of a threshold.
public struct ThresholdResult: Sendable, Hashable {
  /// Whether the condition held.
  public enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    case passed
    case failed
    /// The run does not support the figure; counts as failed, because a promise that cannot be checked is not kept.
    case notMeasurable = "not_measurable"
  }

  /// The condition as the scenario writes it.
  public let text: String
  /// What was found, for people; nil where nothing was.
  public let measured: String?
  /// Whether the condition held.
  public let verdict: Verdict
  /// A sentence with the finding and the limit.
  public let sentence: String
}
