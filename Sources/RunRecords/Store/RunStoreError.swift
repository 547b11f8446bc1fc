/// A run's store could not be written or read.
public struct RunStoreError: Error, Hashable, CustomStringConvertible {
  /// What was tried: "create", "read".
  public var operation: String
  /// The file.
  public var path: String
  /// What came back.
  public var cause: String
  /// What to do about it.
  public var hint: String

  /// An error.
  public init(operation: String, path: String, cause: String, hint: String) {
    self.operation = operation
    self.path = path
    self.cause = cause
    self.hint = hint
  }

  /// One sentence with what failed, on what, why, and what to do.
  public var description: String { "cannot \(operation) \(path): \(cause); \(hint)" }
}
