/// What came of a threshold.
public struct ThresholdResult: Sendable, Hashable {
  /// Whether the condition held.
  public enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    case passed
    case failed
    /// The run does not support the figure; counts as failed, because a promise that cannot be checked is not kept.
    case notMeasurable = "not_measurable"
  }

  /// The condition as the scenario writes it, with what it means when it is true where that is not a promise.
  public let text: String
  /// What was found, for people; nil where nothing was.
  public let measured: String?
  /// Whether the condition held.
  public let verdict: Verdict
  /// A sentence with the finding and the limit.
  public let sentence: String
  /// Only worth a warning where it does not hold.
  public let isWarning: Bool

  /// The run has failed by it.
  public var isFailure: Bool { verdict != .passed && !isWarning }
}

extension [ThresholdResult] {
  /// `thresholds met`, or how many were not and how many are only worth a warning.
  var summary: String {
    guard !isEmpty else { return "no thresholds" }
    let failures = count(where: \.isFailure)
    let warnings = count { $0.verdict != .passed && $0.isWarning }
    let warned = warnings == 0 ? "" : ", \(EstimateText.count(warnings, "warning"))"
    let word = count == 1 ? "threshold" : "thresholds"
    return (failures == 0 ? "thresholds met" : "\(failures) of \(count) \(word) not met") + warned
  }
}
