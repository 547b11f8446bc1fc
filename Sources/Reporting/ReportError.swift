/// A report could not be written.
public struct ReportError: Error, Hashable, CustomStringConvertible {
  /// The file.
  public var path: String
  /// What came back.
  public var cause: String

  /// One sentence with what failed, why, and what to do.
  public var description: String {
    "cannot write \(path): \(cause); check that the folder can be written, then run `rce-bench report` on the run's folder"
  }
}
