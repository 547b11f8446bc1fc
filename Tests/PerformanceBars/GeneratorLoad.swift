import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import LoadGeneration
import RunRecords
import Scenarios
import StackControl

/// One run of the generator in a process of its own, which tells in a line of JSON what it took.
struct GeneratorLoad {
  let url: String
  let jobs: Int
  let inFlight: Int
  /// Jobs a second of an open load; nil keeps `inFlight` jobs in flight.
  let rate: Int?
  /// Records go to a store and the progress to a callback, as in `rce-bench run`.
  let hasOutputs: Bool

  /// What a run took.
  struct Reading: Codable {
    var jobs: Int
    var succeeded: Int
    var maximumInFlight: Int
    var seconds: Double
    /// CPU seconds of the loop's thread.
    var loopSeconds: Double
    /// The most that was resident, in megabytes.
    var residentMegabytes: Double
    /// Median of e2e in microseconds.
    var medianMicroseconds: Double
  }

  func run() throws {
    let folder = try StackFolder.temporary()
    defer { folder.remove() }
    let (plan, target) = (plan, Target(baseURL: url, TargetSpecification(place: .url(url))))
    let writer = hasOutputs ? try RunWriter(creating: "\(folder.path)/run", info: Self.info(plan)) : nil
    let times = Lock<[Int64]>([])
    let shown = Lock(0)
    let progress: @Sendable (ProgressSnapshot) -> Void = { _ in shown.withLock { $0 += 1 } }
    let generator = try Generator(plan: plan, target: target, progress: hasOutputs ? progress : nil) { records in
      try? writer?.append(records)
      times.withLock { times in
        // Enough for a median, and no memory that grows with the run.
        guard times.count < 200_000 else { return }
        times += records.compactMap { record in record.t7.map { $0 - record.t0 } }
      }
    }
    let measurement = try generator.run()
    let median = times.withLock { $0.sorted() }
    let reading = Reading(
      jobs: measurement.scheduled, succeeded: measurement.counts[.succeeded],
      maximumInFlight: measurement.health.maximumInFlight, seconds: measurement.durationSeconds,
      loopSeconds: measurement.health.loopCPUShare * measurement.durationSeconds,
      residentMegabytes: try residentPeak(),
      medianMicroseconds: median.isEmpty ? 0 : Double(median[median.count / 2]) / 1e3)
    print(String(decoding: try JSONEncoder().encode(reading), as: UTF8.self))
  }

  private var plan: Plan {
    let load: PhaseLoad =
      if let rate {
        .constant(rate: Double(rate), for: .milliseconds(jobs * 1_000 / max(rate, 1)))
      } else {
        .closed(concurrency: inFlight, until: .jobs(jobs))
      }
    let entry = MixEntry(name: "nothing", submission: Submission(code: "pass", language: .python))
    // Jobs that never end ask so seldom that their number is what costs.
    let polling = rate == nil ? PollingPolicy.longPoll(wait: .seconds(20)) : .fixed(interval: .seconds(120))
    return Plan(
      Scenario(
        name: "null", mix: [entry], process: rate == nil ? .closed : .uniform,
        phases: [
          Phase(name: "steady", load: load, selection: .shares([MixShare(entry: 0, weight: 1)]))
        ], limits: RunLimits(maximumInFlight: 100_000, drain: .seconds(2)), polling: polling))
  }

  private static func info(_ plan: Plan) -> RunInfo {
    RunInfo(
      id: "null", scenario: "null", description: nil, effectiveScenario: "", command: [], seed: 1, target: "",
      sameMachine: true, startedAt: 0, phases: PhaseInfo.planned(plan), scheduled: plan.scheduled,
      environment: RunEnvironment(
        host: "", cpu: "", cores: 1, memoryBytes: 1, kernel: "", system: "", versions: [:]), thresholds: [])
  }
}

/// VmHWM of this process (proc(5)), in megabytes.
func residentPeak() throws -> Double {
  let text = try String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)
  let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  guard let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap({ Double($0) }) else {
    throw StackError(.failed, "no VmHWM in /proc/self/status")
  }
  return kilobytes / 1_024
}
