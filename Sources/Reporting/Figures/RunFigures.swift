import Jobs
public import RunRecords
import Statistics
import Thresholds

/// Every figure of a report, computed from a stored run and nothing else.
///
/// Jobs of phases with `record: false` are in no figure but the windows, which show the run as it went.
public struct RunFigures: Sendable {
  /// The run.
  public let info: RunInfo
  /// Whether it is a measurement.
  public let validity: Validity
  /// What happened, in one word.
  public let verdict: RunVerdict
  /// How jobs ended.
  public let outcomes: OutcomeFigures
  /// How the jobs of each entry of the mix ended.
  public let entries: [EntryFigures]
  /// What went wrong, most frequent first.
  public let failures: [FailureGroup]
  /// Every series over every scope that has a value in it.
  public let series: [SeriesFigures]
  /// Rates over all recorded phases, then each.
  public let rates: [RateFigures]
  /// Cold starts.
  public let cold: ColdFigures
  /// Where time went.
  public let decompositions: [DecompositionFigures]
  /// Money.
  public let cost: CostFigures
  /// What correct jobs cost against how long they take.
  public let frontier: CostFrontier
  /// Thresholds, as the scenario orders them.
  public let thresholds: [ThresholdResult]
  /// The run second by second.
  public let windows: [RunWindow]
  /// Latency, queue and backlog over the run.
  public let timeline: TimelineFigures
  /// Environments over the run, and idle time before cold starts.
  public let environments: EnvironmentFigures
  /// Every job of a small run, and the slowest ones.
  public let points: JobPoints
  /// Jobs among those that succeeded which were meant to fail, and did.
  public let expectedFailures: Int
  /// Recorded jobs.
  public let recorded: JobRecords
  /// Mean status reads a job, the load of looking.
  public let pollsPerJob: Double
  /// Mean submissions a job that was sent, 1 where none was repeated: retries are load too.
  public let submissionsPerJob: Double
  /// The wait in the queue, where only the states that polls saw tell of it.
  public let queueBracket: QueueBracket?
  /// The widest and the median time between the last "not done" and the first "done", in nanoseconds.
  public let noticeBracket: (median: Int64, maximum: Int64)?

  /// The figures of a run.
  public init(_ reading: RunReading) {
    let clock = RunClock(reading.info)
    let recorded = reading.recorded
    info = reading.info
    self.recorded = recorded
    validity = Validity(reading)
    outcomes = OutcomeFigures(recorded)
    entries = EntryFigures.all(of: recorded, on: clock)
    failures = FailureGroup.all(of: recorded)
    series = SeriesFigures.all(of: recorded, FigureScope.all(of: reading.info, recorded), on: clock)
    rates = RateFigures.all(of: reading)
    cold = ColdFigures(reading, recorded: recorded)
    decompositions = DecompositionFigures.all(of: recorded, on: clock)
    cost = CostFigures(recorded, info: reading.info, throughput: rates.first?.throughput)
    frontier = CostFrontier(series, cost)
    let pricing = RecordPricing(reading.info)
    let evaluation = ThresholdEvaluation(
      reading: reading, recorded: recorded,
      rules: ThresholdRules(
        clock: clock, sloMilliseconds: reading.info.sloMilliseconds, cost: pricing.dollars(of:)))
    thresholds = reading.info.thresholds.map(evaluation.result)
    verdict = RunVerdict(reading.info, validity: validity, thresholds: thresholds)
    windows = RunWindow.all(of: reading.records, sloMilliseconds: reading.info.sloMilliseconds)
    var timeline = RunTimeline(seconds: windows.count, jobs: recorded.count, clock: clock)
    var log = EnvironmentLog(clock: clock)
    var points = JobPoints()
    for job in reading.records { log.add(job) }
    for job in recorded {
      timeline.add(job)
      points.add(job, on: clock)
    }
    self.timeline = TimelineFigures(timeline)
    environments = EnvironmentFigures(log, seconds: windows.count)
    self.points = points
    expectedFailures = recorded.count { $0.outcome == .succeeded && $0.state == .failed }
    pollsPerJob = recorded.isEmpty ? 0 : Double(recorded.reduce(0) { $0 + $1.polls }) / Double(recorded.count)
    let sent = recorded.filter { $0.t1 != nil }
    submissionsPerJob = sent.isEmpty ? 1 : 1 + Double(sent.reduce(0) { $0 + $1.retries }) / Double(sent.count)
    queueBracket = QueueBracket(recorded)
    let brackets = recorded.compactMap { job in job.t5.flatMap { t5 in job.t6.map { $0 - t5 } } }.sorted()
    noticeBracket = brackets.last.map { (brackets[brackets.count / 2], $0) }
  }

  /// A series over a scope; nil where no job has a value in it.
  public func figures(_ series: Series, _ scope: FigureScope = .all) -> SeriesFigures? {
    self.series.first { $0.series == series && $0.scope == scope }
  }

  /// Rates over all recorded phases; nil where none began.
  public var rate: RateFigures? { rates.first }
}
