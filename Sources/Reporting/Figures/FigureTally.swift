import HostSystem
import Jobs
import RunRecords
import Thresholds

/// What every figure of a report needs of a run's jobs, from as few looks at each as can be: a million are unpacked by two
/// threads at the same time and not once a figure.
struct FigureTally: Sendable {
  let outcomes: OutcomeTally
  let survey: RunSurvey
  /// The recorded jobs.
  let recorded: JobRecords
  let latencies: LatencyTally

  /// Tallies a run's jobs, which are in plan order.
  init(_ reading: RunReading) {
    let (info, jobs) = (reading.info, reading.records)
    let timed: (survey: RunSurvey, recorded: JobRecords, latencies: LatencyTally)
    (outcomes, timed) = concurrently(
      { OutcomeTally(info).adding(jobs) },
      {
        var survey = RunSurvey(info)
        let recorded = jobs.filter { job in
          survey.add(job)
          return job.recorded
        }
        return (survey, recorded, LatencyTally(info, survey).adding(recorded))
      })
    (survey, recorded, latencies) = timed
  }
}

/// Tallies of what happened to jobs.
struct OutcomeTally: Sendable {
  private let clock: RunClock
  private(set) var validity: ValidityTally
  private(set) var rates: RateTally
  private(set) var environments: EnvironmentLog
  private(set) var thresholds: [ThresholdEvaluation]
  private(set) var outcomes: [JobOutcome: Int] = [:]
  private(set) var entries: EntryTallies
  private(set) var failures = FailureTally()
  private(set) var cost: CostTally
  private(set) var points = JobPoints()
  private(set) var counts = JobCounts()

  init(_ info: RunInfo) {
    clock = RunClock(info)
    validity = ValidityTally(info)
    rates = RateTally(info)
    environments = EnvironmentLog(clock: clock)
    let pricing = RecordPricing(info)
    let rules = ThresholdRules(
      clock: clock, sloMilliseconds: info.sloMilliseconds, cost: pricing.dollars(of:))
    thresholds = info.thresholds.map { ThresholdEvaluation($0, info, rules) }
    entries = EntryTallies(clock: clock)
    cost = CostTally(info)
  }

  func adding(_ jobs: JobRecords) -> Self {
    var tally = self
    jobs.forEach { tally.add($0) }
    return tally
  }

  private mutating func add(_ job: JobRecord) {
    validity.add(job)
    rates.add(job)
    environments.add(job)
    for index in thresholds.indices { thresholds[index].add(job) }
    if job.recorded { addRecorded(job) }
  }

  private mutating func addRecorded(_ job: JobRecord) {
    outcomes[job.outcome, default: 0] += 1
    entries.add(job)
    failures.add(job)
    cost.add(job)
    points.add(job, on: clock)
    counts.add(job, on: clock)
  }
}

/// Tallies of how long recorded jobs took.
struct LatencyTally: Sendable {
  private(set) var series: SeriesTally
  private(set) var cold: ColdTally
  private(set) var decompositions: DecompositionTally
  private(set) var timeline: RunTimeline
  private(set) var queueBracket = QueueBracketTally()

  init(_ info: RunInfo, _ survey: RunSurvey) {
    let (clock, scopes) = (RunClock(info), survey.scopes.scopes(of: info))
    series = SeriesTally(scopes, clock: clock)
    cold = ColdTally(scopes, clock: clock)
    decompositions = DecompositionTally(clock: clock)
    timeline = RunTimeline(seconds: survey.windows.count, jobs: survey.recorded, clock: clock)
  }

  func adding(_ jobs: JobRecords) -> Self {
    var tally = self
    jobs.forEach { tally.add($0) }
    return tally
  }

  private mutating func add(_ job: JobRecord) {
    series.add(job)
    cold.add(job)
    decompositions.add(job)
    timeline.add(job)
    queueBracket.add(job)
  }
}

/// What has to be known of a run's jobs before they can be tallied.
struct RunSurvey: Sendable {
  private(set) var scopes = ScopeSurvey()
  /// Recorded jobs.
  private(set) var recorded = 0
  private var tally: WindowTally

  init(_ info: RunInfo) { tally = WindowTally(sloMilliseconds: info.sloMilliseconds) }

  /// The run second by second.
  var windows: [RunWindow] { tally.windows }

  mutating func add(_ job: JobRecord) {
    tally.add(job)
    guard job.recorded else { return }
    recorded += 1
    scopes.add(job)
  }
}

/// Simple counts of recorded jobs.
struct JobCounts {
  private(set) var jobs = 0
  private(set) var polls = 0
  private(set) var sent = 0
  private(set) var retries = 0
  /// Jobs that succeeded because their program failed as it was meant to.
  private(set) var expectedFailures = 0
  /// Jobs whose result was read.
  private(set) var finished = 0
  /// Jobs among those that cannot be taken apart.
  private(set) var untold = 0
  /// Nanoseconds between the last "not done" and the first "done" of each job that has both.
  private(set) var brackets: [Int64] = []

  mutating func add(_ job: JobRecord, on clock: RunClock) {
    jobs += 1
    polls += job.polls
    if job.t1 != nil {
      sent += 1
      retries += job.retries
    }
    if job.outcome == .succeeded, job.state == .failed { expectedFailures += 1 }
    if let t5 = job.t5, let t6 = job.t6 { brackets.append(t6 - t5) }
    guard job.t7 != nil else { return }
    finished += 1
    if Decomposition(job, on: clock) == nil { untold += 1 }
  }
}
