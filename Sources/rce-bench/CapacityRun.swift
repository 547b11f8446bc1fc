import CapacityPlanning
import HostSystem
import Reporting
import RunRecords
import Scenarios
import Statistics

/// A search as it happens: each step a run of its own, until the search has seen enough or somebody stops it.
struct CapacityRun {
  let document: ScenarioDocument
  /// The document, read.
  let scenario: Scenario
  let objective: ServiceObjective
  let search: RateSearch
  /// The folder that gets a folder for each step's run.
  let output: String
  let isPlain: Bool

  /// What stops the run that goes on, and whether somebody asked for it.
  private struct Stopping: Sendable {
    var isWanted = false
    var current: (@Sendable (Int) -> Void)?
  }

  /// Searches; what was measured until it was stopped is the result.
  func result(
    at place: RunPlace, _ settings: SaturationSearch.Settings, stoppedBy signals: borrowing SignalWatch
  ) throws -> CapacityResult {
    let stopping = Lock(Stopping())
    try signals.start { count in
      let stop = stopping.withLock { state in
        state.isWanted = true
        return state.current
      }
      stop?(count)
    }
    try place.watch { error in
      Console.error("the local stack is gone: \(error)")
      let stop = stopping.withLock { state in
        state.isWanted = true
        return state.current
      }
      stop?(1)
    }
    var (searching, judged) = (SaturationSearch(settings), [JudgedStep]())
    var attempts = 0
    while case .measure(let rate, let purpose) = searching.next {
      guard let step = try measure(rate, judged.count + attempts, at: place, stopping) else { break }
      Console.error(CapacityText.line(step, purpose))
      // A generator that was disturbed says nothing of the platform; one that always is cannot go on.
      attempts += step.isMeasurement ? 0 : 1
      if attempts > Self.mostInvalid {
        Console.error("\(attempts) steps were INVALID as measurements: use a calmer or a second machine for the load")
        return result(searching, judged, isPartial: true)
      }
      guard step.isMeasurement else { continue }
      judged.append(step)
      searching.record(passed: step.passed)
    }
    return result(searching, judged, isPartial: stopping.withLock { $0.isWanted })
  }

  /// Steps of a search that may be INVALID and are made again.
  private static let mostInvalid = 5

  private func result(_ search: SaturationSearch, _ judged: [JudgedStep], isPartial: Bool) -> CapacityResult {
    CapacityResult(scenario: scenario.name, objective: objective, search, judged, isPartial: isPartial)
  }

  /// One step; nil where it was stopped before its end.
  private func measure(_ rate: Double, _ number: Int, at place: RunPlace, _ stopping: Lock<Stopping>) throws
    -> JudgedStep?
  {
    let step = document.step(
      rate: rate, warmUp: search.warmUp, window: window(at: rate), promises: objective.conditions.map(\.text),
      seed: (scenario.seed &+ UInt64(number)) & (1 << 53 - 1))
    let progress = ProgressDisplay(isPlain: isPlain)
    let run = try MeasuredRun(
      plan: Plan(Scenario(step)), place: place, output: output, threads: nil, progress: progress, dashboard: nil)
    let isWanted = stopping.withLock { state in
      state.current = run.stop
      return state.isWanted
    }
    guard !isWanted else { return nil }
    let folder = try run.measure()
    stopping.withLock { $0.current = nil }
    _ = try StoredReport(ofNewRun: folder)
    let reading = try RunReading(folder: folder)
    guard !reading.info.partial else { return nil }
    guard let judged = JudgedStep.all(of: reading, objective).first else {
      throw ScenarioRefusal("the step at \(rate)/s had no job", hint: "start at a higher rate, or measure for longer")
    }
    return judged
  }

  /// Long enough for every percentile of the objective, whose jobs come at random.
  private func window(at rate: Double) -> Duration {
    let needed = Double(objective.neededJobs)
    let jobs = needed + 3 * needed.squareRoot()
    return max(search.window, .milliseconds(Int64((jobs / rate * 1_000).rounded(.up))))
  }
}
