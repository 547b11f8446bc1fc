import HostSystem
import Jobs
import LoadGeneration
package import RunRecords
import Scenarios
import Statistics

/// A run of the real generator against a platform of known behaviour, with what both of them saw.
package struct CaseRun: Sendable {
  /// What the generator measured, as a stored run would be read.
  package let reading: RunReading
  /// What the platform saw.
  package let log: PlatformLog
  /// Where the run's time line starts, in nanoseconds of CLOCK_MONOTONIC.
  let origin: Int64

  /// Sends a plan; the truth is the platform's log.
  init(_ plan: Plan, _ behaviour: PlatformBehaviour, retry: RetryPolicy? = nil) throws {
    let server = try PlatformServer(behaviour)
    let records = Lock<[JobRecord]>([])
    let target = Target(
      baseURL: server.url,
      TargetSpecification(
        place: .url(server.url),
        http: HTTPSettings(requestTimeout: .seconds(60), maximumConnections: 4_096),
        retry: retry))
    let measurement: RunMeasurement
    do {
      measurement = try Generator(plan: plan, target: target) { batch in
        records.withLock { $0 += batch }
      }.run()
    } catch {
      _ = server.stop()
      throw error
    }
    log = server.stop()
    origin = measurement.origin.monotonic.nanoseconds
    var info = Self.info(plan, server.url)
    measurement.complete(&info)
    info.ending = .completed
    reading = RunReading(
      info: info, records: records.withLock { $0 }.sorted { $0.index < $1.index },
      samples: measurement.samples)
  }

  private static func info(_ plan: Plan, _ url: String) -> RunInfo {
    var info = RunInfo(
      id: plan.scenario.name, scenario: plan.scenario.name, description: nil, effectiveScenario: "",
      command: [],
      seed: plan.scenario.seed, target: url, sameMachine: true, startedAt: 0,
      phases: PhaseInfo.planned(plan),
      scheduled: plan.scheduled,
      environment: RunEnvironment(
        host: "", cpu: "", cores: 0, memoryBytes: 0, kernel: "", system: "", versions: [:]),
      thresholds: [])
    info.dropsAllowed = plan.scenario.limits.onLimit == .drop
    return info
  }

  /// The latencies that the platform knows of, in nanoseconds: from the instant at which the plan wanted a job to the
  /// instant at which its result was handed to the kernel, both on the one clock of this machine.
  var platformLatencies: [Int64] {
    reading.recorded.compactMap { record in
      record.jobId.flatMap { log.jobs[$0]?.answered }.map { $0 - origin - record.t0 }
    }
  }

  /// How busy the machine was.
  var machine: MachineEvidence { MachineEvidence(reading.samples) }

  /// The quantiles of a series as a report prints them.
  func quantiles(_ series: Series) -> [QuantileEstimate] {
    let sample = Sample(series, of: reading.recorded, on: RunClock(reading.info))
    return PercentileRule.printed.map { sample.quantile($0) }
  }

  /// The largest value of a series.
  func maximum(_ series: Series) -> Int64? {
    Sample(series, of: reading.recorded, on: RunClock(reading.info)).maximum
  }
}

extension Plan {
  /// A plan of one phase whose jobs expect "done"; each entry's program is a word that the platform knows, with a number
  /// where there are several of the kind.
  static func selfTest(
    _ name: String, _ load: PhaseLoad, process: ArrivalProcess = .uniform,
    entries: [PlatformFault] = [.none],
    copies: Int = 1, limits: RunLimits = .init()
  ) -> Plan {
    let programs = (0..<copies).flatMap { copy in entries.map { "\($0.rawValue)#\(copy)" } }
    let mix = programs.map { program in
      MixEntry(
        name: program, submission: Submission(code: program, language: .python),
        expectation: Expectation(stdout: "done"))
    }
    return Plan(
      Scenario(
        name: name, seed: 20_261_127, mix: mix, process: process,
        phases: [Phase(name: "steady", load: load, selection: .inOrder(Array(mix.indices)))],
        limits: limits))
  }
}
