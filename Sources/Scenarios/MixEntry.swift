public import Jobs

/// A program that the scenario submits, and what should come of it.
public struct MixEntry: Sendable, Hashable {
  /// Unique in its scenario.
  public var name: String
  /// What is sent.
  public var submission: Submission
  /// What should come of it.
  public var expectation: Expectation

  /// A program that is expected to complete unless said otherwise.
  public init(name: String, submission: Submission, expectation: Expectation = .init()) {
    self.name = name
    self.submission = submission
    self.expectation = expectation
  }
}
