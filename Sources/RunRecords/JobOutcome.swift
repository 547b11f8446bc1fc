/// How the generator counts a job; every scheduled job ends in exactly one of these.
public enum JobOutcome: String, Codable, Sendable, Hashable, CaseIterable {
  /// Terminal, and state and content are what the scenario expects, an expected failure included.
  case succeeded
  /// Terminal, but output, state or exit code differs from what the scenario expects.
  case wrongResult = "wrong_result"
  /// The platform reports an error that the scenario did not expect.
  case failed
  /// Not terminal at the job's deadline.
  case timedOut = "timed_out"
  /// Refused at submission after the retry policy was used up.
  case rejected
  /// Never sent: the in-flight cap was reached under `on_limit: drop`.
  case dropped
  /// Accepted, then unknown to the platform.
  case lost
  /// Still in flight when the drain window closed.
  case censored
}
