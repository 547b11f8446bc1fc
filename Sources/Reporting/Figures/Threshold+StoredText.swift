public import Scenarios

extension Threshold {
  /// The condition as a run stores it: one that aborts the run says what must not happen, and is marked so.
  public var storedText: String { abort ? ThresholdEvaluation.abortPrefix + text : text }
}
