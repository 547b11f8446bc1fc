import ArgumentParser
import Reporting
import FoundationEssentials
import Glibc
import HostSystem
import LoadGeneration
import RunRecords
import Scenarios
import StackControl

/// `rce-bench run`: sends a scenario's jobs, measures them, writes the report.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a scenario against a platform and write a report.",
    discussion: """
      The target `local` starts a private stack on free ports and takes it down
      afterwards. The first Ctrl-C stops arrivals and lets jobs in flight end,
      the second ends at once; both leave a report that is marked PARTIAL.
      """)

  @Argument(help: "The scenario, a YAML file (see scenarios/README.md).")
  var scenario: String

  @Option(help: "Where the load goes, instead of the scenario's target: local, or a URL.")
  var target: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Replace a value of the scenario, for example seed=7.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(help: "The folder that gets a folder for the run.")
  var output = "reports/runs"

  @Option(help: "Execution environments of a local stack at once.")
  var concurrency = 4

  @Option(help: "Threads that send: a number, or auto for as many as the plan needs.")
  var threads = ThreadChoice.automatic

  @OptionGroup var host: HostRuleOptions

  @Flag(help: "Print plain progress lines even on a terminal.")
  var plain = false

  @Flag(help: "Print summary.json on standard output instead of the summary for people.")
  var json = false

  @Flag(help: "Serve the charts on loopback while the run goes on; the address is printed.")
  var dashboard = false

  @Flag(help: "Print the plan and send nothing.")
  var dryRun = false

  func validate() throws {
    guard (1...1_000).contains(concurrency) else {
      throw ValidationError("--concurrency must be from 1 to 1000, got \(concurrency)")
    }
    try host.validate(within: concurrency)
  }

  func run() throws {
    try run(ScenarioSource(path: scenario, target: target, overrides: overrides).read())
  }

  /// Runs a scenario that was read.
  func run(_ scenario: Scenario) throws {
    let plan = Plan(scenario)
    if dryRun { return Console.print(PlanText(plan).text) }
    try Self.refuseDebugBuild()
    // Before any thread starts, so that every thread inherits the mask.
    let signals = try SignalWatch([SIGINT, SIGTERM])
    let place = try RunPlace(scenario.target.place, concurrency: concurrency, host.rules)
    defer { place.leave() }
    let live = dashboard ? try Dashboard() : nil
    if let live { Console.error("dashboard: \(live.url)") }
    let measured = try MeasuredRun(
      plan: plan, place: place, output: output, threads: threads.number,
      progress: ProgressDisplay(isPlain: plain || json), dashboard: live)
    try finish(measured.run(stoppedBy: signals), signals.last, live)
  }

  private func finish(_ folder: String, _ signal: Int32?, _ live: Dashboard?) throws {
    let report = try StoredReport(folder: folder)
    live?.end(with: report.report.html)
    Console.print(json ? report.report.json.trimmingNewline : report.text)
    let code = report.report.verdict.exitCode
    if code == BenchExit.interrupted.rawValue, signal == SIGTERM { throw BenchExit.terminated }
    if code != 0 { throw ExitCode(code) }
  }

  private static func refuseDebugBuild() throws {
    #if DEBUG
      throw ScenarioRefusal(
        "this is a debug build, which is about sixty times slower per sample: its figures would mean nothing",
        hint: "build with `make build` and use .build/release/rce-bench")
    #endif
  }
}

/// A scenario that cannot be run here and now, with what to do.
struct ScenarioRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ message: String, hint: String) {
    description = "\(message)\n  hint: \(hint)"
  }
}
