/// A stack that could not be started, found or stopped: what was wrong, and what to do about it.
public struct StackError: Error, CustomStringConvertible, Sendable, Equatable {
  /// What kind of trouble, which decides the exit code.
  public enum Kind: Sendable, Equatable {
    /// Something is missing or set wrongly on this machine.
    case configuration
    /// A program of the stack did not come up or went down.
    case failed
    /// No stack runs where one was expected.
    case notRunning
    /// It was not wanted any more before it was ready.
    case cancelled
  }

  /// What kind of trouble.
  public let kind: Kind
  /// What was tried, on what, and what came back.
  public let message: String
  /// What to do; empty where the message says it.
  public let hint: String

  /// Trouble with a stack.
  public init(_ kind: Kind, _ message: String, hint: String = "") {
    self.kind = kind
    self.message = message
    self.hint = hint
  }

  /// Message and hint on lines of their own.
  public var description: String { hint.isEmpty ? message : "\(message)\n  hint: \(hint)" }
}
