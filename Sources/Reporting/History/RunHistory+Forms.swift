import Foundation

extension RunHistory {
  /// The history for a terminal.
  public func terminal(isColoured: Bool = false) -> String {
    HistoryText(history: self, terminal: TerminalText(isColoured: isColoured)).text
  }

  /// The history for tools; keys are sorted, and `schemaVersion` names their meaning.
  public var json: String { HistorySummary(self).json }

  /// The history as a self-contained page.
  public var html: String { HistoryPage(history: self).html }

  /// Writes the page to a file, whole or not at all.
  public func write(to path: String) throws(ReportError) { try ReportError.writing(html, to: path) }
}

extension ReportError {
  /// Writes a text to a file, whole or not at all.
  static func writing(_ text: String, to path: String) throws(ReportError) {
    do {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw ReportError(path: path, cause: error.localizedDescription)
    }
  }
}
