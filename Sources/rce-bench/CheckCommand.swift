import ArgumentParser
import Reporting
import Scenarios

/// `rce-bench check`: says everything that is wrong with a scenario, and sends nothing.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check scenarios: every problem with its line, and nothing is sent.")

  @Argument(help: "Scenario files.", completion: .scenarios)
  var scenarios: [String]

  @Flag(help: "Print a line for each scenario, without its plan.")
  var quiet = false

  func run() throws {
    var hasProblems = false
    for path in scenarios {
      do throws(ScenarioError) {
        let scenario = try ScenarioSource(path: path, target: nil, overrides: []).read()
        if let search = scenario.search {
          Console.print("\(path): fine, a search from \(search.from)/s to \(search.to)/s for `rce-bench capacity`")
          continue
        }
        let text = PlanText(PlanForecast(Plan(scenario), PlanModel(scenario.assumptions)))
        Console.print("\(path): fine, \(text.summary)")
        if !quiet { Console.print(text.text + "\n") }
      } catch {
        Console.error(error.description)
        hasProblems = true
      }
    }
    if hasProblems { throw BenchExit.badConfiguration }
  }
}
