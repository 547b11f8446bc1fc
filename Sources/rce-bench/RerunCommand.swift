import ArgumentParser
import HostSystem
import RunRecords
import Scenarios

/// `rce-bench rerun`: runs what a stored run ran.
struct RerunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rerun", abstract: "Run the scenario of a stored run again, with the same seed and programs.",
    discussion: """
      Nothing but the run's folder is needed: programs, inputs and files are stored
      with the run. Secrets are not; give them again with --set or --target.
      Takes every option of `rce-bench run`.

        rce-bench rerun latest
        rce-bench rerun 20261124-14 --set limits.max_in_flight=500 --dry-run
      """)

  @Argument(help: .storedRun, completion: .runs)
  var argument: String

  @Argument(
    parsing: .allUnrecognized, help: ArgumentHelp("Options of `rce-bench run`.", valueName: "option"))
  var options: [String] = []

  func run() throws {
    let folder = try RunLocation().folder(of: argument)
    let command = try RunCommand.parse([folder] + options)
    let info = try RunInfo(folder: folder)
    try command.run(revision: info.environment.revision) { try Self.scenario(of: info, in: folder, command) }
  }

  private static func scenario(of info: RunInfo, in folder: String, _ command: RunCommand) throws -> Scenario {
    guard let submissions = info.submissions else {
      throw ScenarioRefusal(
        "the run in \(folder) was stored without its programs, by an older rce-bench",
        hint: "run the scenario file again, with --set seed=\(info.seed)")
    }
    let changes = ["seed=\(info.seed)"] + command.overrides + (command.target.map { ["target=\($0)"] } ?? [])
    let document = try ScenarioDocument(
      stored: info.effectiveScenario, name: "scenario of \(info.id)", submissions: submissions,
      environment: ProcessEnvironment.byName, overrides: changes)
    guard !document.lacksSecrets else {
      throw ScenarioRefusal(
        "the target of run \(info.id) needs a secret, and secrets are not stored",
        hint: "give it again: --set target.headers.NAME=VALUE, or --target with the whole URL")
    }
    return try Scenario(document)
  }
}
