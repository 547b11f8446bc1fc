import ArgumentParser
import Scenarios

/// `rce-bench check`: says everything that is wrong with a scenario, and sends nothing.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check scenarios: every problem with its line, and nothing is sent.")

  @Argument(help: "Scenario files.")
  var scenarios: [String]

  func run() throws {
    var hasProblems = false
    for path in scenarios {
      do throws(ScenarioError) {
        let scenario = try ScenarioSource(path: path, target: nil, overrides: []).read()
        Console.print("\(path): fine, \(PlanText(Plan(scenario)).summary)")
      } catch {
        Console.error(error.description)
        hasProblems = true
      }
    }
    if hasProblems { throw BenchExit.badConfiguration }
  }
}
