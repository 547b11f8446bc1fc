import Curl
import FoundationEssentials
import Glibc
import HostSystem
import LoadGeneration
import Pricing
import RunRecords
import Scenarios

/// One run from its first request to its last record: generator, store, progress and signals put together.
struct MeasuredRun {
  private let place: RunPlace
  private let folder: String
  private let writer: RunWriter
  private let generator: Generator
  private let progress: ProgressDisplay
  private let dashboard: Dashboard?
  private let faults: StackFaults?
  private var info: RunInfo

  /// Creates the run's folder and store; nothing has been sent yet.
  ///
  /// - Parameters:
  ///   - shard: the part of the plan that is sent; nil sends all of it.
  ///   - revision: the commit of the repository that the scenario lies in, where it is known.
  init(
    plan: Plan, place: RunPlace, output: String, threads: Int?, shard: ShardInfo? = nil, revision: String? = nil,
    progress: ProgressDisplay, dashboard: Dashboard?
  ) throws {
    self.place = place
    self.progress = progress
    self.dashboard = dashboard
    let target = Target(baseURL: place.url, plan.scenario.target)
    let origin = RunOrigin.now()
    var info = RunInfo(plan, target, startedAt: origin.milliseconds)
    (info.environment.revision, info.shard, info.deployment) = (revision, shard, place.deployment)
    self.info = info
    folder = "\(output)/\(info.id)"
    writer = try RunWriter(creating: folder, info: info)
    faults = place.faults(plan.scenario.phases) { progress.note($0) }
    let (writer, trouble, faults) = (writer, StoreTrouble(progress), faults)
    generator = try Generator(
      plan: plan, target: target,
      options: .init(
        cost: JobCost.pricing(plan.scenario.polling, on: place.deployment), threads: threads, shard: shard),
      progress: { snapshot in
        faults?.follow(snapshot)
        progress.show(snapshot)
        dashboard?.tell(ProgressText(snapshot).line)
      },
      sink: { trouble.append($0, to: writer) })
  }

  /// Runs to the end and returns the run's folder; what was measured is stored whatever ends the run.
  func run(stoppedBy signals: borrowing SignalWatch) throws -> String {
    try signals.start(stop)
    try place.watch { [generator, progress] error in
      progress.note("the local stack is gone: \(error)")
      generator.stop()
    }
    return try measure()
  }

  /// What a signal does, given how many have come: no new jobs, then the end.
  var stop: @Sendable (Int) -> Void {
    { [generator, progress] count in
      progress.note(count == 1 ? "stopping: no new jobs; again to end at once" : "ending now")
      generator.stop()
    }
  }

  /// Runs to the end and returns the run's folder; who calls it sees to signals and to the end of the place.
  func measure() throws -> String {
    try dashboard?.watch(folder)
    let measurement: RunMeasurement
    defer { faults?.end() }
    do { measurement = try generator.run() } catch {
      forget()
      throw error
    }
    progress.end()
    var info = info
    measurement.complete(&info)
    info.ending = RunEnding(measurement.end)
    info.environment.versions["libcurl"] = String(curlVersion.split(separator: " ").first ?? "")
    // The store's last word makes one file of it, which nobody else may have open then.
    dashboard?.pause()
    do throws(RunStoreError) {
      try writer.finish(info, samples: measurement.samples)
    } catch {
      throw UnstoredRun(error, unwritten: writer.unwritten, of: measurement.scheduled, in: folder)
    }
    return folder
  }

  /// A run that never began leaves no folder.
  private func forget() { try? FileManager.default.removeItem(atPath: folder) }
}

extension RunInfo {
  /// What is known before anything is sent.
  init(_ plan: Plan, _ target: Target, startedAt: Int64) {
    let scenario = plan.scenario
    self.init(
      id: RunID(scenario: scenario.name, startedAt: startedAt).description, scenario: scenario.name,
      description: scenario.description, effectiveScenario: scenario.effectiveYAML,
      command: ScenarioSource.redactedCommandLine.map(target.secrets.redacting), seed: scenario.seed,
      target: target.displayURL,
      sameMachine: target.isOnThisMachine, startedAt: startedAt, phases: PhaseInfo.planned(plan),
      scheduled: plan.scheduled, environment: .current, thresholds: scenario.thresholds.map(\.recordText),
      sloMilliseconds: scenario.slo.map {
        Double($0.components.seconds) * 1e3 + Double($0.components.attoseconds) / 1e15
      },
      executionsPerMonth: scenario.executionsPerMonth)
    dropsAllowed = scenario.limits.onLimit == .drop
    submissions = Dictionary(scenario.mix.map { ($0.name, $0.submission) }) { first, _ in first }
  }
}

extension RunEnding {
  /// The way in which a run ended, for its record.
  init(_ end: RunEnd) {
    switch end {
    case .completed: self = .completed
    case .interrupted: self = .interrupted
    case .aborted, .costLimit: self = .stopped
    }
  }
}
