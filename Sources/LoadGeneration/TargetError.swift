/// A target that could not be reached before anything was sent: what was tried, what came back, what to do.
public struct TargetError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The sentence for a person.
  public let description: String
}
