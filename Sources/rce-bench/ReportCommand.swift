import ArgumentParser
import Reporting

/// `rce-bench report`: reads a stored run again.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of a stored run again, and print its summary.",
    discussion: "Exits as the run itself did, so that a stored run can be judged later.")

  @Argument(
    help: "The run's folder, for example reports/runs/20261124-141746-smoke-7f3a.")
  var folder: String

  @Flag(help: "Print summary.json on standard output.")
  var json = false

  func run() throws {
    let stored = try StoredReport(folder: folder)
    Console.print(json ? stored.report.json.trimmingNewline : stored.text)
    let code = stored.report.verdict.exitCode
    if code != 0 { throw ExitCode(code) }
  }
}
