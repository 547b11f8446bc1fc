import Jobs
import RunRecords
import TestServices

/// Runs that no generator would write: every field drawn without regard for the others, to see what breaks.
struct RandomRun {
  private var random: SplitMix
  private(set) var reading: RunReading

  init(seed: UInt64) {
    random = SplitMix(state: seed)
    reading = SyntheticRun.smoke()
    let count = Int.random(in: 0...400, using: &random)
    reading.records = []
    for index in 0..<count { reading.records.append(job(index)) }
    spoilInfo()
  }

  private mutating func instant() -> Int64 {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: -Int64.random(in: 0...10_000_000_000, using: &random)
    case 1: Int64.random(in: 0...1_000_000_000_000, using: &random)
    default: Int64.random(in: 0...20_000_000_000, using: &random)
    }
  }

  private mutating func maybe<Value>(_ value: Value) -> Value? {
    Bool.random(using: &random) ? value : nil
  }

  private mutating func platformInstant() -> Int64? {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: nil
    case 1: Int64.max
    case 2: Int64.min
    default: SyntheticRun.startedAt * 1_000 + instant() / 1_000
    }
  }

  private mutating func text() -> String {
    let pieces = [
      "<", "&", "\"", "'", "\u{0}", "\u{1b}[2J", "ß", "漢", "\u{202e}", "|", "`", "\n", "%", "\u{ffff}", "x",
    ]
    return (0..<Int.random(in: 0...30, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  private mutating func job(_ index: Int) -> JobRecord {
    var job = JobRecord(
      index: Bool.random(using: &random) ? index : 0,
      phase: ["cold", "warm", "failures", text()].randomElement(using: &random) ?? "",
      recorded: Int.random(in: 0..<5, using: &random) > 0, entry: "e\(index % 4)" + text(),
      language: Language.allCases.randomElement(using: &random) ?? .cpp,
      outcome: JobOutcome.allCases.randomElement(using: &random) ?? .lost, t0: instant(), endedAt: instant())
    (job.jobId, job.reason, job.excerpt) = (maybe(text()), maybe(text()), maybe(text()))
    job.state = maybe(JobState.allCases.randomElement(using: &random) ?? .queued)
    job.errorType = maybe(ErrorType.allCases.randomElement(using: &random) ?? .timeout)
    for field in [\JobRecord.t1, \.t2, \.t3, \.t4, \.t5, \.t6, \.t7] as [WritableKeyPath<JobRecord, Int64?>] {
      job[keyPath: field] = maybe(instant())
    }
    var timings = JobTimings()
    for field in [\JobTimings.s0, \.s1, \.s2, \.s3, \.s4, \.s5, \.s6] as [WritableKeyPath<JobTimings, Int64?>] {
      timings[keyPath: field] = platformInstant()
    }
    (timings.coldStart, timings.environmentId) = (maybe(Bool.random(using: &random)), maybe(text()))
    timings.billedMs = [nil, -1, 0, 250, Int.max].randomElement(using: &random) ?? nil
    timings.memoryMB = [nil, 512, Int.max].randomElement(using: &random) ?? nil
    job.timings = maybe(timings)
    return job
  }

  private mutating func spoilInfo() {
    reading.info.partial = Bool.random(using: &random)
    reading.info.ending = maybe(RunEnding.allCases.randomElement(using: &random) ?? .completed)
    reading.info.durationSeconds = [0, -1, 1e300, .nan, .infinity, 12].randomElement(using: &random) ?? 0
    reading.info.sloMilliseconds = [nil, 0, -5, .nan, 200].randomElement(using: &random) ?? nil
    reading.info.executionsPerMonth = [nil, 0, -7, 1, 10_000].randomElement(using: &random) ?? nil
    reading.info.generator?.hostIdleMean = [nil, .nan, .infinity, -3, 0.5].randomElement(using: &random) ?? nil
    reading.info.generator?.loopCPUShare = [.nan, 0.5, 7].randomElement(using: &random) ?? 0
    reading.info.generator?.windows = [0, -1, 10].randomElement(using: &random) ?? 0
    reading.info.clockOffset = maybe(
      ClockOffset(
        microseconds: [0, Int64.max, -1_000_000].randomElement(using: &random) ?? 0, errorBoundMicroseconds: 5))
    if Bool.random(using: &random) { reading.info.phases = [] }
    if Bool.random(using: &random), !reading.info.phases.isEmpty { reading.info.phases[0].duration = -5 }
    reading.info.thresholds.append(text())
  }
}
