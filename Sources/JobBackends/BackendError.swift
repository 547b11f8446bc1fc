/// A queue, a store or an environment that did not do what it was asked.
public struct BackendError: Error, CustomStringConvertible, Sendable {
  /// What kind of trouble, for callers that must choose: try again later, or give up.
  public enum Kind: String, Sendable {
    /// The service cannot be reached or answers that it is overloaded; a later try may succeed.
    case unavailable
    /// As many invocations run as are allowed; a later try may succeed.
    case throttled
    /// The environment died or answered with an error; another environment may succeed.
    case environmentFailed = "environment_failed"
    /// The environment did not answer in time and was stopped.
    case environmentTimedOut = "environment_timed_out"
    /// What was handed over has more bytes than the service takes; nothing of it was stored.
    case tooLarge = "too_large"
    /// The service answered with something that cannot be right.
    case invalid
  }

  /// Whether a later try may succeed.
  public let kind: Kind
  /// What was tried, on what, and what came back.
  public let description: String

  /// Trouble with a backend.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
