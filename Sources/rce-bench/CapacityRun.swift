import CapacityPlanning
import HostSystem
import LoadGeneration
import Reporting
import RunRecords
import Scenarios
import Statistics

/// A search as it happens: each step a run of its own, until the search has seen enough or something ends it.
struct CapacityRun {
  let document: ScenarioDocument
  /// The document, read.
  let scenario: Scenario
  let objective: ServiceObjective
  let search: RateSearch
  /// The folder that gets a folder for each step's run.
  let output: String
  /// What git says of the scenario's repository.
  let revision: String?
  let isPlain: Bool

  /// What stops the run that goes on, and why somebody asked for it.
  private struct Stopping: Sendable {
    var reason: SearchEnd?
    var current: (@Sendable (Int) -> Void)?
  }

  /// Searches; what was measured until it was stopped is the result.
  func result(
    at place: RunPlace, _ settings: SaturationSearch.Settings, stoppedBy signals: borrowing SignalWatch
  ) throws -> CapacityResult {
    let stopping = Lock(Stopping())
    try signals.start { count in Self.stop(stopping, .interrupted, count) }
    try place.watch { error in
      Console.error("the local stack is gone: \(error)")
      Self.stop(stopping, .stackLost, 1)
    }
    var (searching, judged) = (SaturationSearch(settings), [JudgedStep]())
    var budget = SearchBudget(limit: scenario.limits.maximumCostMicrodollars.map { Double($0) / 1e6 })
    var (attempts, end) = (0, SearchEnd?.none)
    while end == nil, case .measure(let rate, let purpose) = searching.next {
      let step: JudgedStep
      switch try measure(rate, judged.count + attempts, at: place, stopping, &budget) {
      case .ended(let reason):
        end = reason
        continue
      case .judged(let measured): step = measured
      }
      Console.error(CapacityText.line(step, purpose))
      // A generator that was disturbed says nothing of the platform; one that always is cannot go on.
      guard step.isMeasurement else {
        attempts += 1
        if attempts > Self.mostInvalid { end = Self.givingUp(attempts) }
        continue
      }
      judged.append(step)
      searching.record(passed: step.passed)
    }
    return CapacityResult(scenario: scenario.name, objective: objective, searching, judged, end, budget)
  }

  private static func stop(_ stopping: Lock<Stopping>, _ reason: SearchEnd, _ count: Int) {
    let stop = stopping.withLock { state in
      state.reason = state.reason ?? reason
      return state.current
    }
    stop?(count)
  }

  /// Steps of a search that may be INVALID and are made again.
  private static let mostInvalid = 5

  private static func givingUp(_ attempts: Int) -> SearchEnd {
    Console.error("\(attempts) steps were INVALID as measurements: use a calmer or a second machine for the load")
    return .invalid
  }
}

extension CapacityRun {
  private enum Outcome {
    case judged(JudgedStep)
    /// The step was not begun, or was stopped before its end.
    case ended(SearchEnd)
  }

  /// One step, its cost taken from the budget.
  private func measure(
    _ rate: Double, _ number: Int, at place: RunPlace, _ stopping: Lock<Stopping>, _ budget: inout SearchBudget
  ) throws -> Outcome {
    if let reason = stopping.withLock({ $0.reason }) { return .ended(reason) }
    let plan = try plan(rate, number, budget)
    guard budget.allows(jobs: Double(plan.scheduled), assumed: assumed(plan, place)) else {
      return .ended(.maximumCost)
    }
    let run = try MeasuredRun(
      plan: plan, place: place, output: output, threads: nil, revision: revision,
      progress: ProgressDisplay(isPlain: isPlain), dashboard: nil)
    let reason = stopping.withLock { state in
      state.current = run.stop
      return state.reason
    }
    // It came before there was a run to stop.
    if reason != nil { run.stop(1) }
    let folder = try run.measure()
    stopping.withLock { $0.current = nil }
    if place.deployment != nil {
      try DeploymentLog(folder: folder, wait: 0).postpone(because: "not read during a search")
    }
    _ = try StoredReport(ofNewRun: folder)
    let reading = try RunReading(folder: folder)
    take(reading, place, &budget)
    if reading.info.partial {
      return .ended(stopping.withLock { $0.reason } ?? (reading.info.ending == .stopped ? .maximumCost : .interrupted))
    }
    guard let judged = JudgedStep.all(of: reading, objective).first else {
      throw ScenarioRefusal("the step at \(rate)/s had no job", hint: "start at a higher rate, or measure for longer")
    }
    return .judged(judged)
  }

  /// The step's plan, which may cost what is left.
  private func plan(_ rate: Double, _ number: Int, _ budget: SearchBudget) throws -> Plan {
    let step = document.step(
      rate: rate, warmUp: search.warmUp, window: window(at: rate), promises: objective.conditions.map(\.text),
      seed: (scenario.seed &+ UInt64(number)) & (1 << 53 - 1))
    var scenario = try Scenario(step)
    scenario.limits.maximumCostMicrodollars = budget.left.map { max(1, Int(($0 * 1e6).rounded(.down))) }
    return Plan(scenario)
  }

  private func assumed(_ plan: Plan, _ place: RunPlace) -> Double? {
    PlanForecast(plan, PlanModel(scenario.assumptions, on: place.deployment)).dollars
  }

  private func take(_ reading: RunReading, _ place: RunPlace, _ budget: inout SearchBudget) {
    let pricing = RecordPricing(polling: scenario.polling, on: place.deployment)
    let dollars = reading.records.compactMap { pricing.dollars(of: $0) }
    budget.add(dollars: dollars.reduce(0, +), jobs: dollars.count)
  }

  /// Long enough for every percentile of the objective, whose jobs come at random.
  private func window(at rate: Double) -> Duration {
    let needed = Double(objective.neededJobs)
    let jobs = needed + 3 * needed.squareRoot()
    return max(search.window, .milliseconds(Int64((jobs / rate * 1_000).rounded(.up))))
  }
}
