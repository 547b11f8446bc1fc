import ArgumentParser
import CapacityPlanning
import Glibc
import HostSystem
import Reporting
import Scenarios
import StackControl

/// `rce-bench capacity`: looks for the highest rate that a platform holds.
struct CapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity", abstract: "Search the highest rate that a platform holds within its objective.",
    discussion: """
      Doubles the rate until a step fails, halves the bracket until its ends are 5 %
      apart, and measures the highest rate that held three times more. A step is a
      warm-up, a window and a drain, and is stored as a run that report, compare and
      plan read. It holds where the platform keeps up (99 % of the jobs finished,
      none refused, no growing backlog) and then meets the objective: --slo, else the
      scenario's thresholds or slo, else p95(e2e) <= 3s and 99.9 % as expected.

        rce-bench capacity scenarios/ramp.yaml
        rce-bench capacity scenarios/steady.yaml --from 1/s --to 200/s --slo 'p95(e2e) < 2s'

      Ctrl-C ends the search and keeps what was measured. limits.max_cost holds over
      all steps together: one that would pass it is not begun, and the exit code is 7.
      """)

  @Argument(help: "The scenario: one with a phase of kind search, or any with open arrivals.")
  var scenario: String

  @Option(help: "Where the load goes, instead of the scenario's target: local, or a URL.")
  var target: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Replace a value of the scenario, for example seed=7.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(parsing: .unconditional, help: "The first rate, for example 1/s.")
  var from: String?

  @Option(parsing: .unconditional, help: "The highest rate that is ever sent, for example 200/s.")
  var to: String?

  @Option(help: "How long a rate is measured; longer where its percentiles need more jobs.")
  var each: String?

  @Option(help: "Time at a rate before its window.")
  var warmUp: String?

  @Option(help: "How far the last rate that holds and the first that fails may be apart.")
  var precision = Share(0.05)

  @Option(help: "Times that the highest rate has to hold again.")
  var confirm: Int?

  @Option(
    help: ArgumentHelp("A condition that each step must meet; may be given several times.", valueName: "condition"))
  var slo: [String] = []

  @Option(help: "The folder that gets a folder for each step's run.")
  var output = "reports/runs"

  @Option(help: "Execution environments of a local stack at once.")
  var concurrency = 4

  @OptionGroup var host: HostRuleOptions

  @Flag(help: "Print plain progress lines even on a terminal.")
  var plain = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    guard (1...1_000).contains(concurrency) else {
      throw ValidationError("--concurrency must be from 1 to 1000, got \(concurrency)")
    }
    try host.validate(within: concurrency)
  }

  func run() throws {
    let document = try ScenarioSource(path: scenario, target: target, overrides: overrides).document()
    let read = try Scenario(document)
    guard read.process == .uniform || read.process == .poisson else {
      throw ScenarioRefusal(
        "\(read.name) has process \(read.process.rawValue), whose rate cannot be set",
        hint: "a search needs open arrivals: process uniform or poisson")
    }
    let objective = try slo.isEmpty ? ServiceObjective(read) : ServiceObjective(slo)
    let search = try self.search(read)
    let settings = try SaturationSearch.Settings(
      from: search.from, to: search.to, precision: precision.value, confirmations: search.confirmations)
    try DebugBuild.refuse()
    let deployment = try read.target.place == .aws ? AWSOutputs().deployment() : nil
    let signals = try SignalWatch()
    let place = try signals.during {
      try RunPlace(read.target.place, on: deployment, concurrency: concurrency, host.rules, unless: $0)
    }
    defer { place.leave() }
    let run = CapacityRun(
      document: document, scenario: read, objective: objective, search: search, output: output,
      revision: SourceRevision.text(ofFile: scenario), isPlain: plain || json)
    let result = try run.result(at: place, settings, stoppedBy: signals)
    Console.print((json ? JSONText.sorted(result) : CapacityText.text(result)).trimmingNewline)
    if let code = Self.code(of: result, after: signals.last) { throw code }
  }

  /// The exit code; nil where a rate was found.
  private static func code(of result: CapacityResult, after signal: Int32?) -> ExitCode? {
    switch result.endReason {
    case .interrupted: BenchExit.code(after: signal)
    case .maximumCost: BenchExit.aborted
    case .stackLost: BenchExit.targetUnreachable
    case .invalid: BenchExit.invalidRun
    case nil: result.lastPass == nil ? BenchExit.thresholdFailed : nil
    }
  }

  /// What the scenario says, with what the command line says in its place.
  private func search(_ scenario: Scenario) throws -> RateSearch {
    let said = scenario.search
    guard let from = try from.map(Self.rate("--from")) ?? said?.from,
      let to = try to.map(Self.rate("--to")) ?? said?.to
    else {
      throw ScenarioRefusal(
        "\(scenario.name) has no phase of kind search", hint: "say between which rates: --from 1/s --to 200/s")
    }
    var search = said ?? RateSearch(from: from, to: to)
    (search.from, search.to) = (from, to)
    search.window = try each.map(Self.duration("--each")) ?? search.window
    search.warmUp = try warmUp.map(Self.duration("--warm-up")) ?? search.warmUp
    search.confirmations = confirm ?? search.confirmations
    guard search.window > .zero else { throw ValidationError("--each must be above 0") }
    return search
  }

  private static func rate(_ option: String) -> (String) throws -> Double {
    { text in
      do throws(QuantityProblem) { return try Quantity.rate(text.contains("/") ? text : text + "/s") } catch {
        throw ScenarioRefusal("\(option): \(error.what)", hint: error.hint)
      }
    }
  }

  private static func duration(_ option: String) -> (String) throws -> Duration {
    { text in
      do throws(QuantityProblem) { return try Quantity.duration(text) } catch {
        throw ScenarioRefusal("\(option): \(error.what)", hint: error.hint)
      }
    }
  }
}
