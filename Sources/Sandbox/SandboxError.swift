/// The sandbox could not do its part: what was tried, what came back, what to do.
public struct SandboxError: Error, CustomStringConvertible, Sendable, Equatable {
  /// What is wrong, in one of a bounded set of names.
  public enum Kind: String, Sendable {
    /// The configuration cannot be understood.
    case configuration
    /// A program that the sandbox needs is not there.
    case missing
    /// The kernel or its configuration does not allow the namespaces.
    case forbidden
    /// The sandbox could not be set up for this command.
    case setup
    /// The process that supervises a program inside was ended by something else.
    case lost
    /// Something of a finished command could not be killed or removed.
    case cleanup
  }

  /// Which of the bounded set.
  public let kind: Kind
  /// The sentence for a person.
  public let description: String

  /// An error with its sentence.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
