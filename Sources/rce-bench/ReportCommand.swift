import ArgumentParser
import Pricing
import Reporting
import RunRecords

/// `rce-bench report`: reads a stored run again.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of a stored run again, and print its summary.",
    discussion: "Exits as the run itself did, so that a stored run can be judged later.")

  @Argument(help: .storedRun, completion: .runs)
  var argument: String

  @Option(
    help: ArgumentHelp(
      "Spread what stands idle over this many executions, as 10000/month or 5M/month, instead of the scenario's.",
      valueName: "volume"))
  var executions: String?

  @Flag(
    help: "Look for REPORT lines that are missing, in the log of the deployment on AWS that the run drove.")
  var readLogs = false

  @OptionGroup var log: LogOptions

  @Flag(help: "Print summary.json on standard output.")
  var json = false

  func run() throws {
    let perMonth = try executions.map(ExecutionVolume.whole)
    let folder = try RunLocation().folder(of: argument)
    if readLogs { try DeploymentLog(folder: folder, wait: log.logsWait).read() }
    let stored = try StoredReport(folder: folder, executionsPerMonth: perMonth)
    Console.print(json ? stored.report.json.trimmingNewline : stored.text)
    let code = stored.report.verdict.exitCode
    if code != 0 { throw ExitCode(code) }
  }
}
