import ArgumentParser
import Pricing
import Reporting
import RunRecords

/// `rce-bench cost reconcile`: what a run on AWS should have cost beside what was billed.
struct CostReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile", abstract: "Lay a bill of AWS beside a stored run, line by line.",
    discussion: """
      The bill is a Cost and Usage Report (CUR 2.0 as CSV, also compressed by gzip), or
      what Cost Explorer answers to

        aws ce get-cost-and-usage --granularity DAILY --metrics UnblendedCost UsageQuantity \\
          --time-period Start=2026-11-27,End=2026-11-28 \\
          --group-by Type=DIMENSION,Key=SERVICE Type=DIMENSION,Key=USAGE_TYPE > bill.json

      Lines that do not touch the time of the run are left out. Free units count as
      billed at list price in the shares.
      """)

  @Argument(help: .storedRun, completion: .runs)
  var argument: String

  @Option(
    help: ArgumentHelp("The bill.", valueName: "file"), completion: .file(extensions: ["csv", "gz", "json"]))
  var bill: String

  @Flag(help: "Print JSON instead of tables for people.")
  var json = false

  func run() throws {
    let file = try BillFile(try CompressedFile.read(bill), name: bill)
    let report = try ReconciliationReport(RunReading(folder: RunLocation().folder(of: argument)), file)
    Console.print((json ? report.json : report.text).trimmingNewline)
  }
}
