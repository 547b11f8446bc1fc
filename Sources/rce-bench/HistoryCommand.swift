import ArgumentParser
import Reporting
import RunRecords

/// `rce-bench history`: how a platform's figures went from run to run.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show the runs of a folder, their trends, and where figures changed for good.")

  @Argument(help: "The folder that holds the runs' folders.", completion: .directory)
  var folder = "reports/runs"

  @Option(help: ArgumentHelp("Only runs of this scenario; may be repeated.", valueName: "name"))
  var scenario: [String] = []

  @Option(help: ArgumentHelp("Write the history as a self-contained page.", valueName: "file"))
  var html: String?

  @Flag(help: "Print the history as JSON instead of tables for people.")
  var json = false

  func run() throws {
    let history = RunHistory(folder: folder) { scenario.isEmpty || scenario.contains($0) }
    guard !history.groups.isEmpty || !history.skipped.isEmpty else {
      let wanted = scenario.isEmpty ? "" : " of scenario \(scenario.joined(separator: " or "))"
      throw RunStoreError(
        operation: "show history of", path: folder, cause: "there is no run\(wanted) in it",
        hint: "give the folder that holds the folders of runs, for example reports/runs")
    }
    if let html { try history.write(to: html) }
    Console.print((json ? history.json : history.terminal(isColoured: Console.isColoured)).trimmingNewline)
    if let html, !json { Console.print("\nhistory: \(html)") }
  }
}
