import ArgumentParser
import Reporting

/// `rce-bench schema`: the form of the files that other tools read.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of summary.json.",
    discussion: """
      Draft 2020-12, with descriptions and units. See reports/README.md.

        rce-bench schema --summary > summary.schema.json
      """)

  /// What has a schema.
  enum Subject: String, EnumerableFlag {
    case summary

    static func help(for value: Self) -> ArgumentHelp? { "The schema of a run's summary.json." }
  }

  @Flag var subject: Subject

  func run() {
    switch subject {
    case .summary: print(SummarySchema.text, terminator: "")
    }
  }
}
