import Glibc
import Jobs
import RunRecords
import Statistics

/// A run of as many jobs as wanted, as a platform at moderate load would have served them; equal on every machine.
struct SyntheticJobs {
  static let start: Int64 = 1_795_529_866_000

  let count: Int
  private let perSecond: Double
  private var random = SplitMix64(seed: 7)

  init(count: Int, perSecond: Double = 1_000) {
    self.count = count
    self.perSecond = perSecond
  }

  var info: RunInfo {
    let duration = Int64(Double(count) / perSecond * 1e9)
    var info = RunInfo(
      id: "20261124-141746-synthetic-7f3a", scenario: "synthetic", description: "Made jobs, for the bars of the store.",
      effectiveScenario: "name: synthetic\n", command: ["performance-bars"], seed: 7, target: "http://127.0.0.1:8080",
      sameMachine: true, startedAt: Self.start,
      phases: [
        PhaseInfo(
          name: "steady", kind: "constant", start: 0, duration: duration, scheduled: count, recorded: true)
      ],
      scheduled: count,
      environment: RunEnvironment(
        host: "synthetic", cpu: "none", cores: 2, memoryBytes: 8 << 30, kernel: "none", system: "none", versions: [:]),
      thresholds: ["p95(e2e) < 2s", "rate(failed) < 1%"], sloMilliseconds: 2_000)
    info.durationSeconds = Double(duration) / 1e9
    (info.partial, info.ending) = (false, .completed)
    return info
  }

  mutating func next(_ index: Int) -> JobRecord {
    let language = Language.allCases[Int(random.next() % UInt64(Language.allCases.count))]
    let t0 = Int64(Double(index) / perSecond * 1e9)
    let isCold = random.next() % 500 == 0
    let failed = random.next() % 300 == 0
    var job = JobRecord(
      index: index, phase: "steady", recorded: true, entry: "\(language.rawValue) program", language: language,
      outcome: failed ? .failed : .succeeded, t0: t0, endedAt: 0)
    let t1 = t0 + duration(50_000)
    (job.t1, job.t2, job.t3, job.t4) = (t1, t1 + duration(20_000), t1 + duration(60_000), t1 + 3_000_000)
    fillPlatform(&job, from: t1, isCold)
    (job.state, job.polls, job.bytes, job.httpStatus) = (failed ? .failed : .completed, 1, 900, 202)
    if failed {
      (job.reason, job.errorType, job.excerpt) = ("exit code 1", .runtimeError, "Runtime error: job \(index)")
    }
    job.jobId = uuid()
    return job
  }

  private mutating func fillPlatform(_ job: inout JobRecord, from t1: Int64, _ isCold: Bool) {
    var timings = JobTimings()
    var instant = Self.start * 1_000 + t1 / 1_000 + 500
    func after(_ nanoseconds: Int64) -> Int64 {
      instant += nanoseconds / 1_000
      return instant
    }
    timings.s0 = after(0)
    timings.s1 = after(1_500_000)
    timings.s2 = after(duration(4_000_000))
    timings.s3 = after(isCold ? 200_000_000 + duration(50_000_000) : 0)
    timings.s4 = after(duration(10_000_000))
    timings.s5 = after(duration(30_000_000))
    timings.s6 = after(duration(1_000_000))
    (timings.coldStart, timings.start, timings.attempt) = (isCold, isCold ? .cold : .cached, 1)
    (timings.environmentId, timings.billedMs, timings.memoryMB) = (
      "environment-\(random.next() % 64)", Int(duration(40_000_000) / 1_000_000) + 1, 512
    )
    job.timings = timings
    let seen = (instant - Self.start * 1_000) * 1_000 + duration(1_000_000)
    (job.t6, job.t7, job.endedAt) = (seen, seen + 200_000, seen + 200_000)
    (job.queuedAt, job.startedBy) = (job.t4, seen)
    (job.cpuTimeMs, job.peakMemoryBytes) = (Double(duration(20_000_000)) / 1e6, 9_000_000)
  }

  /// Exponential with a mean, in nanoseconds.
  private mutating func duration(_ mean: Double) -> Int64 {
    Int64(-log(1 - Double(random.next() >> 11) / 0x1p53) * mean)
  }

  private mutating func uuid() -> String {
    func hex(_ value: UInt64, _ digits: Int) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: max(0, digits - text.count)) + text.suffix(digits)
    }
    let (high, low) = (random.next(), random.next())
    return "\(hex(high >> 32, 8))-\(hex(high >> 16 & 0xffff, 4))-\(hex(high & 0xffff, 4))-\(hex(low >> 48, 4))-"
      + hex(low & 0xffff_ffff_ffff, 12)
  }
}
