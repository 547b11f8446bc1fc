import ArgumentParser
import Reporting
import FoundationEssentials
import Glibc
import HostSystem
import LiveView
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
      afterwards. The target `aws` is the deployment of stack/aws; after the run the
      REPORT lines of its jobs are read from its log (see stack/aws/README.md). The first Ctrl-C stops arrivals and lets jobs in flight end,
      the second ends at once; both leave a report that is marked PARTIAL, and
      so do SIGTERM and a terminal that hangs up.
      """)

  @Argument(help: "The scenario, a YAML file (see scenarios/README.md).", completion: .scenarios)
  var scenario: String

  @Option(help: "Where the load goes, instead of the scenario's target: local, aws, or a URL.")
  var target: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Replace a value of the scenario, for example seed=7.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "Use an address in place of what a name resolves to, as curl does.", valueName: "host:port:address"))
  var resolve: [String] = []

  @Option(help: "The folder that gets a folder for the run.", completion: .directory)
  var output = "reports/runs"

  @Option(help: "Execution environments of a local stack at once.")
  var concurrency = 4

  @Option(help: "Threads that send: a number, or auto for as many as the plan needs.")
  var threads = ThreadChoice.automatic

  @Option(
    help: ArgumentHelp(
      "Send only the k-th of n parts of the plan, as 2/3; `rce-bench merge` joins the parts.", valueName: "k/n"))
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "Begin at an instant, so that shards begin together: 2026-11-27T09:30:00Z, or seconds since 1970.",
      valueName: "instant"))
  var startAt: String?

  @OptionGroup var host: HostRuleOptions

  @OptionGroup var aws: DeploymentOptions

  @Flag(help: "After a run with --target aws, leave its REPORT lines unread; `report --read-logs` reads them later.")
  var noLogs = false

  @Flag(help: "Print plain progress lines even on a terminal.")
  var plain = false

  @Flag(help: "Print JSON on standard output: summary.json, or with --dry-run the plan.")
  var json = false

  @Flag(help: "Print a JSON object a second on standard output, and one at the end; nothing else goes there.")
  var jsonLines = false

  @Flag(help: "Serve the charts on loopback while the run goes on; the address is printed.")
  var dashboard = false

  @Flag(help: "Print the plan and send nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "A stored run whose times and costs the plan counts on, instead of the scenario's `assume`.", valueName: "run"),
    completion: .runs)
  var model: String?

  @Flag(
    name: .customLong("github-step-summary"),
    help: "Append summary.md to the file that GITHUB_STEP_SUMMARY names, for the page of a GitHub Actions run.")
  var githubStepSummary = false

  @Flag(
    help: "Start although the predicted cost is above limits.max_cost, which still stops the run when it is reached.")
  var ignorePredictedCost = false

  func validate() throws {
    if let entry = resolve.first(where: { !HTTPSettings.isResolveEntry($0) }) {
      throw ValidationError(
        "--resolve takes host:port:address, for example api.example.com:443:127.0.0.1, got \(entry)")
    }
    guard !jsonLines || !(json || dryRun) else {
      throw ValidationError("--json-lines goes with neither --json nor --dry-run: each has standard output to itself")
    }
    if githubStepSummary { try StepSummary.require() }
    guard (1...1_000).contains(concurrency) else {
      throw ValidationError("--concurrency must be from 1 to 1000, got \(concurrency)")
    }
    try host.validate(within: concurrency)
    if let shard, ShardInfo(shard) == nil {
      throw ValidationError("--shard takes k/n with k from 1 to n, at most 1000, for example 2/3; got \(shard)")
    }
    if let startAt, SharedStart(startAt) == nil {
      throw ValidationError(
        "--start-at takes an instant such as 2026-11-27T09:30:00Z, or seconds since 1970; got \(startAt)")
    }
  }

  func run() throws {
    try run(revision: SourceRevision.text(ofFile: scenario)) {
      try ScenarioSource(path: scenario, target: target, overrides: overrides).read()
    }
  }

  /// Runs a scenario of a revision; whatever ends the run is the last of the JSON lines.
  func run(revision: String?, _ scenario: () throws -> Scenario) throws {
    do { try run(scenario(), revision: revision) } catch {
      if jsonLines, !(error is ExitCode) { tell(error) }
      throw error
    }
  }

  private func tell(_ error: any Error) {
    let code = BenchExit.code(of: error) ?? BenchExit.badConfiguration
    Console.print(EndRecord(error: "\(error)", exitCode: code.rawValue).line)
  }

  private func run(_ scenario: Scenario, revision: String?) throws {
    var scenario = scenario
    scenario.target.http.resolve += resolve
    guard scenario.search == nil else {
      throw ScenarioRefusal(
        "\(scenario.name) is a search for the highest rate, which takes many runs",
        hint: "give it to `rce-bench capacity`")
    }
    let plan = Plan(scenario)
    let deployment = try scenario.target.place == .aws ? AWSOutputs(file: aws.outputs).deployment() : nil
    let forecast = try forecast(of: plan, on: deployment.map(DeploymentInfo.init))
    let ceilings = deployment.map { PlanCeilings(forecast, PlatformLimits(of: $0)) }
    try refuseToShare(plan)
    if dryRun { return try show(forecast, ceilings) }
    try DebugBuild.refuse()
    try refuse(forecast)
    if let ceilings { try prepare(ceilings, deployment) }
    // Before any thread starts, so that every thread inherits the mask.
    let signals = try SignalWatch()
    let place = try signals.during {
      try RunPlace(scenario.target.place, on: deployment, concurrency: concurrency, host.rules, unless: $0)
    }
    defer { place.leave() }
    let live = dashboard ? try Dashboard() : nil
    if let live { Console.error("dashboard: \(live.url)") }
    guard startAt.flatMap(SharedStart.init)?.wait(unless: { signals.last != nil }) ?? true else {
      throw BenchExit.code(after: signals.last)
    }
    let measured = try MeasuredRun(
      plan: plan, place: place, output: output, threads: threads.number, shard: shard.flatMap(ShardInfo.init),
      revision: revision,
      progress: ProgressDisplay(isPlain: plain || json, writesRecords: jsonLines), dashboard: live)
    let folder = try measured.run(stoppedBy: signals)
    if deployment != nil { try readLog(of: folder, signals) }
    try finish(folder, signals.last, live)
  }

  private func forecast(of plan: Plan, on deployment: DeploymentInfo?) throws -> PlanForecast {
    let model = try model.map { PlanModel(try RunReading(folder: RunLocation().folder(of: $0)), on: deployment) }
    return PlanForecast(plan, model ?? PlanModel(plan.scenario.assumptions, on: deployment))
  }

  private func show(_ forecast: PlanForecast, _ ceilings: PlanCeilings?) throws {
    Console.print(
      try json
        ? forecast.json(ceilings: ceilings)
        : ([PlanText(forecast).text] + (ceilings.map { [$0.text] } ?? [])).joined(separator: "\n"))
    guard let shard = shard.flatMap(ShardInfo.init) else { return }
    let jobs = forecast.phases.compactMap(\.jobs)
    let own = jobs.reduce(0) { $0 + PlanShare(number: shard.number - 1, of: shard.count).part(of: $1) }
    Console.error("shard \(shard) sends \(own) of the plan's \(jobs.reduce(0, +)) jobs; the plan is of all shards")
  }

  /// What has to be so before money is spent on AWS.
  private func prepare(_ ceilings: PlanCeilings, _ deployment: AWSDeployment?) throws {
    Console.error(ceilings.text)
    if let exceeded = ceilings.exceeded, !aws.beyondQuotas {
      throw ScenarioRefusal(
        "the plan needs more than AWS allows: \(exceeded)",
        hint: "plan less, ask for a higher quota, or give --beyond-quotas to measure what happens then")
    }
    if !noLogs, let deployment { try DeploymentClients(region: deployment.region).requireCredentials() }
  }

  /// The run is stored whatever becomes of its log; a signal that came during the run does not cut the reading short.
  private func readLog(of folder: String, _ signals: borrowing SignalWatch) throws {
    let log = DeploymentLog(folder: folder, wait: aws.log.logsWait)
    guard !noLogs else { return try log.postpone(because: "not read, as --no-logs asked for") }
    try signals.untilTheNext { try log.read(unless: $0) }
  }

  private func refuseToShare(_ plan: Plan) throws {
    guard let shard, let phase = PhaseInfo.planned(plan).first(where: \.closed) else { return }
    throw ScenarioRefusal(
      "--shard \(shard): phase \(phase.name) is closed, so its jobs arrive as others end, wherever they were sent",
      hint: "share open phases, or run scenarios with a part of the concurrency each")
  }

  private func refuse(_ forecast: PlanForecast) throws {
    guard !ignorePredictedCost, forecast.isOverBudget, let cost = forecast.costText else { return }
    throw ScenarioRefusal(
      "the plan would cost about \(cost), which is more than limits.max_cost allows",
      hint: "plan fewer jobs, raise max_cost, or give --ignore-predicted-cost")
  }

  private func finish(_ folder: String, _ signal: Int32?, _ live: Dashboard?) throws {
    let report = try StoredReport(ofNewRun: folder)
    live?.end(with: report.report.html)
    let verdict = report.report.verdict
    let code = BenchExit.code(of: verdict, after: signal)
    if githubStepSummary { try StepSummary.append(report.report.markdown) }
    if jsonLines {
      Console.print(EndRecord(verdict: verdict.rawValue, folder: folder, exitCode: code.rawValue).line)
    } else {
      Console.print(json ? report.report.json.trimmingNewline : report.text)
    }
    if code != BenchExit.success { throw code }
  }
}

/// A scenario that cannot be run here and now, with what to do.
struct ScenarioRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ message: String, hint: String) {
    description = "\(message)\n  hint: \(hint)"
  }
}
