/// One thing that is wrong with a request: where it is, and what would be right.
public struct Fault: Encodable, Sendable, Hashable {
  /// JSON Pointer (RFC 6901) of the field in the body.
  public var pointer: String?
  /// Name of the query parameter.
  public var parameter: String?
  /// Name of the header field.
  public var header: String?
  /// What was expected and what came.
  public var detail: String

  static func field(_ pointer: String, _ detail: String) -> Self {
    Self(pointer: pointer, detail: detail)
  }

  static func parameter(_ name: String, _ detail: String) -> Self {
    Self(parameter: name, detail: detail)
  }

  static func header(_ name: String, _ detail: String) -> Self {
    Self(header: name, detail: detail)
  }
}

extension Fault: CustomStringConvertible {
  /// The place and the fault in one line.
  public var description: String {
    let place = pointer ?? parameter ?? header ?? ""
    return place.isEmpty ? detail : "\(place): \(detail)"
  }
}

/// A name as a step of a JSON Pointer (RFC 6901, section 3).
func pointerStep(_ name: String) -> String {
  "/" + name.flatMap { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }
}
