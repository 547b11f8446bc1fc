import FoundationEssentials
import Reporting
import RunRecords

/// A stored run with its report written beside it.
struct StoredReport {
  /// The report.
  let report: RunReport
  private let folder: String

  /// Reads the run in a folder and writes its `report.html`, `summary.json`, `junit.xml` and `summary.md` anew.
  ///
  /// - Parameter executionsPerMonth: what the run is to be read as; nil is what its scenario declares.
  init(folder: String, executionsPerMonth: Int? = nil) throws {
    self.folder = folder
    var reading = try RunReading(folder: folder)
    if let executionsPerMonth { reading.info.executionsPerMonth = executionsPerMonth }
    report = RunReport(reading)
    try report.write(to: folder)
  }

  /// The report of a run that has just been stored; what came of its thresholds is stored beside them too.
  init(ofNewRun folder: String) throws {
    try self.init(folder: folder)
    let rows = report.figures.thresholds.map {
      ThresholdRow(verdict: $0.verdict.rawValue, measured: $0.measured, sentence: $0.sentence)
    }
    try ThresholdRow.store(rows, in: folder)
  }

  /// The summary for a terminal, and where the report is.
  var text: String {
    report.terminal(isColoured: Console.isColoured).trimmingNewline + "\n\nreport: \(folder)/report.html"
  }
}
