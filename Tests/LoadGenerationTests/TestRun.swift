import HostSystem
import Jobs
import LoadGeneration
import RunRecords
import Scenarios
import Testing

/// A run of a plan against a target, with its records in the order of the plan.
struct TestRun {
  let measurement: RunMeasurement
  let records: [JobRecord]

  /// Runs to the end; whatever happens, outcomes balance and every job is recorded once.
  init(
    _ plan: Plan, _ url: String, retry: RetryPolicy? = nil, target: TargetSpecification? = nil,
    isOnThisMachine: Bool = true,
    options: Generator.Options = .init(),
    progress: (@Sendable (ProgressSnapshot) -> Void)? = nil, whileRunning: ((Generator) -> Void)? = nil
  ) throws {
    let records = Lock<[JobRecord]>([])
    let target = Target(
      baseURL: url,
      target
        ?? TargetSpecification(
          place: .url(url), http: HTTPSettings(requestTimeout: .seconds(2)), retry: retry),
      isOnThisMachine: isOnThisMachine)
    let generator = try Generator(plan: plan, target: target, options: options, progress: progress) { batch in
      records.withLock { $0 += batch }
    }
    let result = Lock<Result<RunMeasurement, TargetError>?>(nil)
    let thread = try NativeThread(named: "test-run") {
      let measurement = Result { () throws(TargetError) in try generator.run() }
      result.withLock { $0 = measurement }
    }
    whileRunning?(generator)
    thread.join()
    measurement = try #require(result.withLock { $0 }).get()
    self.records = records.withLock { $0 }.sorted { $0.index < $1.index }
    #expect(self.records.map(\.index) == Array(0..<measurement.scheduled))
    #expect(measurement.counts.total == measurement.scheduled)
    for outcome in JobOutcome.allCases {
      #expect(self.records.count { $0.outcome == outcome } == measurement.counts[outcome])
    }
  }

  /// Jobs with an outcome.
  subscript(outcome: JobOutcome) -> Int { measurement.counts[outcome] }

  /// A plan that submits each of the entries once, in their order.
  static func plan(
    once mix: [MixEntry], limits: RunLimits = .init(), polling: PollingPolicy = .fixed(interval: .milliseconds(20))
  ) -> Plan {
    let phase = Phase(
      name: "steady", load: .closed(concurrency: 1, until: .jobs(mix.count)),
      selection: .inOrder(Array(mix.indices)))
    return Plan(
      Scenario(
        name: "test", seed: 7, mix: mix, process: .closed, phases: [phase], limits: limits, polling: polling))
  }

  /// A plan of jobs that expect "hello", open unless the phases are closed.
  static func plan(
    _ load: PhaseLoad, process: ArrivalProcess = .uniform, limits: RunLimits = .init(),
    polling: PollingPolicy = .longPoll(wait: .seconds(5)), thresholds: [Threshold] = [], entries: [String] = ["hello"]
  ) -> Plan {
    let mix = entries.map {
      MixEntry(
        name: $0, submission: Submission(code: $0, language: .python), expectation: Expected(stdout: "hello"))
    }
    let selection = MixSelection.shares(entries.indices.map { MixShare(entry: $0, weight: Double($0 + 1)) })
    let process = if case .closed = load { ArrivalProcess.closed } else { process }
    return Plan(
      Scenario(
        name: "test", seed: 7, mix: mix, process: process,
        phases: [Phase(name: "steady", load: load, selection: selection)], limits: limits, polling: polling,
        thresholds: thresholds))
  }
}
