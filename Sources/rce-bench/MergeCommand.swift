import ArgumentParser
import Foundation
import Reporting
import RunRecords

/// `rce-bench merge`: joins the shards of one run.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Join the shards of one run, made with `run --shard`, into one run with a report.",
    discussion: """
      Every shard must be there, of the same scenario, seed and target. Their time
      lines are joined by the platform's clock where it tells one, and by the
      machines' own clocks otherwise; the report says which, and how far apart the
      shards began. Percentiles come from all jobs together and are never averaged.

        rce-bench run steady.yaml --target https://rce.example.com --shard 1/2
        rce-bench run steady.yaml --target https://rce.example.com --shard 2/2
        rce-bench merge 20261124-141746 20261124-141747
        rce-bench merge shards/                        every run in a folder

      Exits as a run does.
      """)

  @Argument(
    help: ArgumentHelp("The shards: folders, ids, or a folder that holds them.", valueName: "run"), completion: .runs)
  var runs: [String]

  @Option(help: "The folder that gets a folder for the merged run.", completion: .directory)
  var output = "reports/runs"

  @Flag(help: "Print summary.json on standard output.")
  var json = false

  func run() throws {
    let folders = try runs.flatMap { try RunLocation().folders(of: $0) }
    let merge = try RunMerge(folders.map { try RunReading(folder: $0) })
    let id = RunID(scenario: merge.info.scenario, startedAt: merge.info.startedAt).description
    let folder = "\(output)/\(id)"
    try merge.write(to: folder, id: id, command: ["rce-bench", "merge"] + folders)
    let stored = try StoredReport(ofNewRun: folder)
    Console.print(json ? stored.report.json.trimmingNewline : stored.text)
    let code = stored.report.verdict.exitCode
    if code != 0 { throw ExitCode(code) }
  }
}
