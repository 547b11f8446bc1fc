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
  /// The generator and its machine over the run.
  public let health: HealthFigures
  /// Environments over the run, and idle time before cold starts.
  public let environments: EnvironmentFigures
  /// Every job of a small run, and the slowest ones.
  public let points: JobPoints
  /// Recorded jobs.
  public let recorded: JobRecords
  /// The wait in the queue, where only the states that polls saw tell of it.
  public let queueBracket: QueueBracket?
  /// The widest and the median time between the last "not done" and the first "done", in nanoseconds.
  public let noticeBracket: (median: Int64, maximum: Int64)?
  /// What the deployment on AWS tells; nil where the target is none.
  public let deployment: DeploymentFigures?
  let counts: JobCounts

  /// The figures of a run.
  public init(_ reading: RunReading) {
    let tally = FigureTally(reading)
    let (what, survey, latencies) = (tally.outcomes, tally.survey, tally.latencies)
    recorded = tally.recorded
    info = reading.info
    validity = Validity(reading, what.validity)
    outcomes = OutcomeFigures(what.outcomes)
    entries = what.entries.figures
    failures = what.failures.groups
    series = latencies.series.figures
    rates = RateFigures.all(of: what.rates)
    cold = ColdFigures(latencies.cold)
    decompositions = DecompositionFigures.all(of: latencies.decompositions, recorded)
    cost = CostFigures(what.cost, info: reading.info, throughput: rates.first?.throughput)
    frontier = CostFrontier(series, cost)
    thresholds = what.thresholds.map { [rates = what.rates] in $0.result(rates) }
    verdict = RunVerdict(reading.info, validity: validity, thresholds: thresholds)
    windows = survey.windows
    timeline = TimelineFigures(latencies.timeline)
    health = HealthFigures(reading.samples)
    environments = EnvironmentFigures(what.environments, seconds: windows.count)
    points = what.points
    queueBracket = QueueBracket(latencies.queueBracket)
    counts = what.counts
    deployment = DeploymentFigures(reading.info)
    let brackets = what.counts.brackets.sorted()
    noticeBracket = brackets.last.map { (brackets[brackets.count / 2], $0) }
  }

  /// Jobs among those that succeeded which were meant to fail, and did.
  public var expectedFailures: Int { counts.expectedFailures }
  /// Mean status reads a job, the load of looking.
  public var pollsPerJob: Double { counts.jobs == 0 ? 0 : Double(counts.polls) / Double(counts.jobs) }
  /// Mean submissions a job that was sent, 1 where none was repeated: retries are load too.
  public var submissionsPerJob: Double { counts.sent == 0 ? 1 : 1 + Double(counts.retries) / Double(counts.sent) }

  /// A series over a scope; nil where no job has a value in it.
  public func figures(_ series: Series, _ scope: FigureScope = .all) -> SeriesFigures? {
    self.series.first { $0.series == series && $0.scope == scope }
  }

  /// Rates over all recorded phases; nil where none began.
  public var rate: RateFigures? { rates.first }
}
