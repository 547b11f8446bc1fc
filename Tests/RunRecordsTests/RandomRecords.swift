import Jobs
import RunRecords
import Statistics

/// Records of which each part is there or not, with values from nanoseconds to minutes, also negative ones.
struct RandomRecords {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func record(_ index: Int) -> JobRecord {
    var job = JobRecord(
      index: index, phase: "phase \(pick(3))", recorded: pick(2) == 0, entry: "entry \(pick(5))",
      language: Language.allCases[pick(Language.allCases.count)],
      outcome: JobOutcome.allCases[pick(JobOutcome.allCases.count)], t0: instant(), endedAt: instant())
    (job.t1, job.t2, job.t3, job.t4) = (maybe(), maybe(), maybe(), maybe())
    (job.t5, job.t6, job.t7) = (maybe(), maybe(), maybe())
    (job.queuedAt, job.startedBy) = (maybe(), maybe())
    job.jobId = [nil, "", "job/\(pick(9))", "5f0c3b1e-9d2a-4c77-8e11-0123456789a\(pick(9))", "5F0C3B1E"][pick(5)]
    job.state = pick(2) == 0 ? nil : JobState.allCases[pick(JobState.allCases.count)]
    job.errorType = pick(2) == 0 ? nil : ErrorType.allCases[pick(ErrorType.allCases.count)]
    job.reason = [nil, "", "stdout differs"][pick(3)]
    job.excerpt = [nil, "", "</script>\u{1b}\u{1F600}", String(repeating: "x", count: pick(500))][pick(4)]
    job.httpStatus = maybe().map { Int($0) }
    (job.polls, job.retries, job.bytes) = (pick(1_000), pick(9), Int(instant()))
    job.cpuTimeMs = pick(2) == 0 ? nil : Double(instant()) / 7
    job.peakMemoryBytes = maybe().map { Int($0) }
    job.timings = pick(3) == 0 ? nil : timings()
    return job
  }

  private mutating func timings() -> JobTimings? {
    var timings = JobTimings()
    (timings.s0, timings.s1, timings.s2, timings.s3) = (maybe(), maybe(), maybe(), maybe())
    (timings.s4, timings.s5, timings.s6) = (maybe(), maybe(), maybe())
    timings.coldStart = [nil, true, false][pick(3)]
    timings.start = pick(2) == 0 ? nil : StartKind.allCases[pick(StartKind.allCases.count)]
    timings.environmentId = pick(2) == 0 ? nil : "environment \(pick(40))"
    (timings.attempt, timings.billedMs, timings.memoryMB) = (
      maybe().map { Int($0) }, maybe().map { Int($0) }, maybe().map { Int($0) }
    )
    return timings == JobTimings() ? nil : timings
  }

  private mutating func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

  private mutating func maybe() -> Int64? { pick(3) == 0 ? nil : instant() }

  private mutating func instant() -> Int64 {
    let scales: [Int64] = [10, 1_000_000, 60_000_000_000, 600_000_000_000]
    return Int64(bitPattern: random.next()) % scales[pick(4)]
  }
}
