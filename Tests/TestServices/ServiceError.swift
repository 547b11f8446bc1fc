/// A service that a test needs and did not get: what was tried and what to do.
public struct ServiceError: Error, CustomStringConvertible, Sendable {
  /// What was tried, what came back, what to do.
  public let description: String

  /// Trouble with a service.
  public init(_ description: String) {
    self.description = description
  }
}
