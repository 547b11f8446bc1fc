import Foundation
public import RunRecords

/// A stored run as everything that people and tools read: page, JSON, JUnit, Markdown and terminal text.
public struct RunReport: Sendable {
  /// The figures that every form shows.
  public let figures: RunFigures

  /// The report of a run.
  public init(_ reading: RunReading) {
    figures = RunFigures(reading)
  }

  /// What happened, in one word; its `exitCode` is the command's.
  public var verdict: RunVerdict { figures.verdict }
  /// The self-contained page.
  public var html: String { ReportPage(figures: figures).frame.html.text }
  /// The figures for tools; keys are sorted, and `schemaVersion` names their meaning.
  public var json: String { RunSummary(figures).json }
  /// Thresholds, expectations and validity as test cases.
  public var junit: String { JUnitReport(figures: figures).xml }
  /// The headline figures as Markdown, for the summary page of a build.
  public var markdown: String { MarkdownReport(figures: figures).text }
  /// The headline figures for a terminal.
  public func terminal(isColoured: Bool = false) -> String {
    TerminalReport(figures: figures, isColoured: isColoured).text
  }

  /// Writes `summary.json`, `report.html`, `junit.xml` and `summary.md` into a folder, each whole or not at all.
  public func write(to folder: String) throws(ReportError) {
    let files = [("summary.json", json), ("report.html", html), ("junit.xml", junit), ("summary.md", markdown)]
    for (name, content) in files {
      let path = URL(fileURLWithPath: folder).appendingPathComponent(name).path
      do {
        try content.write(toFile: path, atomically: true, encoding: .utf8)
      } catch {
        throw ReportError(path: path, cause: error.localizedDescription)
      }
    }
  }
}
