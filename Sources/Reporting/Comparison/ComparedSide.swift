public import RunRecords
import Statistics

/// One side of a comparison: a run, or several that repeat each other.
public struct ComparedSide: Sendable {
  /// The letter that stands for the side: A is the baseline.
  public let label: String
  /// The runs, at least one.
  public let runs: [ComparedRun]

  init(label: String, readings: [RunReading]) {
    self.label = label
    runs = readings.map(ComparedRun.init)
  }

  /// The first run's id, and how many there are.
  public var title: String {
    let first = runs[0].info.id
    return runs.count == 1 ? first : "\(first) and \(runs.count - 1) more"
  }

  /// Recorded jobs of all runs.
  public var count: Int { runs.reduce(0) { $0 + $1.jobs.count } }

  /// Every value of a series over a scope, run after run, each in the order of the plan.
  func values(_ series: Series, _ scope: FigureScope) -> [Int64] { runs.flatMap { $0.values(series, scope) } }

  /// The same as a sample, unfinished jobs told apart.
  func sample(_ series: Series, _ scope: FigureScope) -> Sample {
    var finished: [Int64] = []
    var censored: [Int64] = []
    for run in runs {
      for job in run.jobs where scope.contains(job) {
        guard let value = job.value(of: series, on: run.clock) else { continue }
        if value.isCensored { censored.append(value.nanoseconds) } else { finished.append(value.nanoseconds) }
      }
    }
    return Sample(finished, censored: censored)
  }
}

/// One run of a side.
public struct ComparedRun: Sendable {
  /// The run as a whole.
  public let info: RunInfo
  /// Whether it is a measurement.
  public let validity: Validity
  /// Where its time went.
  public let decompositions: [DecompositionFigures]
  /// What its executions cost.
  public let cost: CostFigures
  /// How many jobs a second.
  public let rate: RateFigures?
  let jobs: [JobRecord]
  let clock: RunClock

  init(_ reading: RunReading) {
    info = reading.info
    validity = Validity(reading)
    jobs = reading.recorded
    clock = RunClock(reading.info)
    decompositions = DecompositionFigures.all(of: jobs, on: clock)
    cost = CostFigures(jobs, info: reading.info)
    rate = RateFigures.all(of: reading).first
  }

  func values(_ series: Series, _ scope: FigureScope) -> [Int64] {
    jobs.compactMap { scope.contains($0) ? $0.value(of: series, on: clock)?.nanoseconds : nil }
  }
}
