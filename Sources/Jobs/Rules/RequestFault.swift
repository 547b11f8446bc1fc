/// One thing that is wrong with a request: in which field, and what would be right.
public struct RequestFault: Sendable, Hashable, CustomStringConvertible {
  /// JSON Pointer (RFC 6901) of the field, for example `/options/2`.
  public var pointer: String
  /// What was expected, and what came where that helps.
  public var detail: String

  /// A fault of a field.
  public init(_ pointer: String, _ detail: String) {
    self.pointer = pointer
    self.detail = detail
  }

  /// The field and the fault in one line.
  public var description: String { "\(pointer): \(detail)" }
}
