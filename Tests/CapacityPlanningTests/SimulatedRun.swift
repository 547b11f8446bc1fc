import Glibc
import Jobs
import RunRecords
import Statistics

/// Stored runs of a platform with equal servers and one queue, by simulation: Poisson arrivals, exponential service.
struct SimulatedRun {
  var servers: Int
  var service: Double
  var scenario = "simulated"

  /// A run with a warm-up and a window at one rate.
  func reading(rate: Double, warmUp: Double = 20, window: Double = 120, seed: UInt64) -> RunReading {
    var random = SplitMix64(seed: seed)
    func exponential(_ mean: Double) -> Double { -mean * log(1 - random.unit()) }
    var (free, records, now) = (Array(repeating: 0.0, count: servers), [JobRecord](), 0.0)
    while true {
      now += exponential(1 / rate)
      if now >= warmUp + window { break }
      let server = free.indices.min { free[$0] < free[$1] } ?? 0
      let start = max(now, free[server])
      free[server] = start + exponential(service)
      records.append(record(records.count, now, start, free[server], server, isRecorded: now >= warmUp))
    }
    var info = RunInfo(
      id: "run-\(rate)-\(seed)", scenario: scenario, description: nil, effectiveScenario: "", command: ["rce-bench"],
      seed: seed, target: "simulated", sameMachine: false, startedAt: Int64(rate * 1000),
      phases: phases(warmUp, window, records),
      scheduled: records.count,
      environment: RunEnvironment(
        host: "", cpu: "none", cores: 1, memoryBytes: 0, kernel: "", system: "", versions: [:]),
      thresholds: [])
    info.partial = false
    info.durationSeconds = free.max() ?? 0
    info.clockOffset = ClockOffset(microseconds: 0, errorBoundMicroseconds: 1)
    info.outcomes = ["succeeded": records.count]
    return RunReading(info: info, records: records)
  }

  private func phases(_ warmUp: Double, _ window: Double, _ records: [JobRecord]) -> [PhaseInfo] {
    [
      PhaseInfo(
        name: "warm-up", kind: "constant", start: 0, duration: Int64(warmUp * 1e9),
        scheduled: records.count { !$0.recorded }, recorded: false),
      PhaseInfo(
        name: "window", kind: "constant", start: Int64(warmUp * 1e9), duration: Int64(window * 1e9),
        scheduled: records.count { $0.recorded }, recorded: true),
    ]
  }

  private func record(
    _ index: Int, _ arrival: Double, _ start: Double, _ end: Double, _ server: Int, isRecorded: Bool
  ) -> JobRecord {
    let (t0, done) = (Int64(arrival * 1e9), Int64(end * 1e9) + 1_000_000)
    var job = JobRecord(
      index: index, phase: isRecorded ? "window" : "warm-up", recorded: isRecorded, entry: "one", language: .python,
      outcome: .succeeded, t0: t0, endedAt: done)
    (job.t1, job.t2, job.t3, job.t4) = (t0, t0, t0, t0 + 1_000)
    (job.t6, job.t7, job.jobId, job.state, job.httpStatus) = (done, done, "job-\(index)", .completed, 202)
    job.polls = 1
    var timings = JobTimings()
    (timings.s0, timings.s1) = (Int64(arrival * 1e6), Int64(arrival * 1e6))
    (timings.s2, timings.s3, timings.s4) = (Int64(start * 1e6), Int64(start * 1e6), Int64(start * 1e6))
    (timings.s5, timings.s6) = (Int64(end * 1e6), Int64(end * 1e6))
    (timings.coldStart, timings.environmentId) = (false, "env-\(server)")
    (timings.billedMs, timings.memoryMB) = (Int(((end - start) * 1e3).rounded(.up)), 1_024)
    job.timings = timings
    return job
  }
}
