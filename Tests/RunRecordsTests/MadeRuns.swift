import Jobs
import RunRecords

/// Runs made by hand, in which every instant is a round number.
enum MadeRuns {
  static let start: Int64 = 1_795_529_866_000

  static func info(scheduled: Int, phase: String = "steady") -> RunInfo {
    RunInfo(
      id: "20261124-141746-made-7f3a", scenario: "made", description: nil, effectiveScenario: "name: made\n",
      command: ["rce-bench", "run", "made.yaml"], seed: 7, target: "http://127.0.0.1:8080", sameMachine: true,
      startedAt: start,
      phases: [
        PhaseInfo(
          name: phase, kind: "constant", start: 0, duration: 60_000_000_000, scheduled: scheduled, recorded: true)
      ],
      scheduled: scheduled,
      environment: RunEnvironment(
        host: "here", cpu: "a processor", cores: 2, memoryBytes: 8 << 30, kernel: "6.1", system: "Debian 12",
        versions: ["rce-bench": "0.1.0"]),
      thresholds: ["p95(e2e) < 2s"])
  }

  /// A warm job due at `t0`: 1 ms late, submitted in 4 ms (queued after 2), waits 3, runs 20, published in 2, noticed
  /// after 1, read after 0.5.
  static func job(_ index: Int, t0: Int64, lateness: Int64 = 1_000_000, language: Language = .python) -> JobRecord {
    let t1 = t0 + lateness
    var job = JobRecord(
      index: index, phase: "steady", recorded: true, entry: "hello", language: language, outcome: .succeeded, t0: t0,
      endedAt: t1 + 28_500_000)
    (job.t1, job.t4) = (t1, t1 + 4_000_000)
    (job.t6, job.t7) = (t1 + 28_000_000, t1 + 28_500_000)
    job.jobId = "00000000-0000-4000-8000-\(String(100_000_000_000 + index))"
    job.state = .completed
    let base = start * 1_000 + t1 / 1_000
    var timings = JobTimings()
    (timings.s0, timings.s1, timings.s2, timings.s3) = (base + 500, base + 2_000, base + 5_000, base + 5_000)
    (timings.s4, timings.s5, timings.s6) = (base + 5_000, base + 25_000, base + 27_000)
    timings.coldStart = false
    timings.billedMs = 22
    timings.memoryMB = 512
    job.timings = timings
    return job
  }

  static func cold(_ index: Int, t0: Int64) -> JobRecord {
    var job = job(index, t0: t0)
    job.timings?.coldStart = true
    for field in [\JobTimings.s3, \.s4, \.s5, \.s6] as [WritableKeyPath<JobTimings, Int64?>] {
      job.timings?[keyPath: field]? += 200_000
    }
    (job.t6, job.t7, job.endedAt) = (
      (job.t6 ?? 0) + 200_000_000, (job.t7 ?? 0) + 200_000_000, job.endedAt + 200_000_000
    )
    return job
  }

  static func steady(_ count: Int, lateness: (Int) -> Int64 = { _ in 100_000 }) -> RunReading {
    var info = info(scheduled: count)
    info.partial = false
    info.ending = .completed
    let jobs = (0..<count).map { index in
      job(index, t0: Int64(index) * 60_000_000_000 / Int64(count), lateness: lateness(index))
    }
    return RunReading(info: info, records: jobs)
  }
}
