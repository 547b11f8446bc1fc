import Foundation

extension RunComparison {
  /// The comparison for a terminal.
  public func terminal(isColoured: Bool = false) -> String {
    ComparisonText(comparison: self, terminal: TerminalText(isColoured: isColoured)).text
  }

  /// The comparison for tools; keys are sorted, and `schemaVersion` names their meaning.
  public var json: String { ComparisonSummary(self).json }

  /// The comparison as a self-contained page.
  public var html: String { ComparisonPage(comparison: self).html }

  /// Writes the page to a file, whole or not at all.
  public func write(to path: String) throws(ReportError) {
    do {
      try html.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw ReportError(path: path, cause: error.localizedDescription)
    }
  }
}
