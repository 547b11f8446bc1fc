import ArgumentParser
import Reporting
import Scenarios

/// `rce-bench schema`: the form of the files that people and other tools write and read.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of scenarios, or of summary.json.",
    discussion: """
      Draft 2020-12, with descriptions and units. Editors that know JSON Schema check a scenario with it while it is written
      (scenarios/README.md); reports/README.md describes summary.json.

        rce-bench schema > scenario.schema.json
        rce-bench schema --summary > summary.schema.json
      """)

  /// What has a schema.
  enum Subject: String, EnumerableFlag {
    case scenario
    case summary

    static func help(for value: Self) -> ArgumentHelp? {
      value == .scenario ? "The schema of scenarios." : "The schema of a run's summary.json."
    }
  }

  @Flag var subject: Subject = .scenario

  func run() {
    switch subject {
    case .scenario: print(ScenarioSchema.text, terminator: "")
    case .summary: print(SummarySchema.text, terminator: "")
    }
  }
}
