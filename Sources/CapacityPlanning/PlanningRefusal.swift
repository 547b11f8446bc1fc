/// Something that cannot be computed, with what is needed.
public struct PlanningRefusal: Error, Hashable, CustomStringConvertible {
  /// What is in the way.
  public let what: String
  /// What is needed instead.
  public let hint: String

  /// A refusal.
  public init(_ what: String, hint: String) {
    self.what = what
    self.hint = hint
  }

  /// What is in the way, and what is needed.
  public var description: String { "\(what)\n  hint: \(hint)" }
}
