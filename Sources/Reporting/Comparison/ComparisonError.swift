/// Runs that cannot be compared, with what can be done about it.
public struct ComparisonError: Error, Hashable, CustomStringConvertible {
  /// What is in the way.
  public let cause: String
  /// What to do.
  public let hint: String
  /// A run is INVALID as a measurement, which has an exit code of its own.
  public let isInvalidRun: Bool

  init(_ cause: String, hint: String, isInvalidRun: Bool = false) {
    self.cause = cause
    self.hint = hint
    self.isInvalidRun = isInvalidRun
  }

  /// One sentence with the cause and the hint.
  public var description: String { "cannot compare: \(cause); \(hint)" }
}
