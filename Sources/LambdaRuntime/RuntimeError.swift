/// The Runtime API did not do its part: what was asked, what came back.
public struct RuntimeError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The sentence for a person.
  public let description: String

  /// An error with its sentence.
  public init(_ description: String) {
    self.description = description
  }
}

/// Why the function failed, as the Runtime API carries it.
public struct FunctionError: Error, Sendable, Hashable {
  /// A name without spaces, for example `Executor.BadPayload`.
  public var type: String
  /// The sentence for a person.
  public var message: String

  /// A failure of the function.
  public init(type: String, message: String) {
    self.type = type
    self.message = message
  }
}
