import Jobs
import RunRecords
import Statistics

/// How latency, queue and jobs under way went over a run, in steps of equal length by the time that jobs were due.
public struct TimelineFigures: Sendable {
  /// The percentiles of a step.
  public static let probabilities = [0.5, 0.95, 0.99]

  /// One step.
  public struct Step: Sendable {
    /// Seconds from the run's start to the step's.
    public let start: Int
    /// Recorded jobs that have a value.
    public let count: Int
    /// Nanoseconds at each of `probabilities`; nil where there are too few jobs, or where it falls on one that never
    /// finished.
    public let quantiles: [Int64?]
  }

  /// Seconds of a step.
  public let stepSeconds: Int
  /// End-to-end time.
  public let e2e: [Step]
  /// Time in the queue; empty where the platform does not tell.
  public let queueWait: [Step]
  /// Mean jobs that were accepted by the queue and not yet handed to an environment; empty where it does not tell.
  public let backlog: [Double]
  /// Jobs by time and latency.
  public let grid: LatencyGrid

  init(_ timeline: RunTimeline) {
    stepSeconds = timeline.stepSeconds
    e2e = Self.steps(timeline.e2e, timeline.stepSeconds)
    queueWait = timeline.queueWait.contains { $0.count > 0 } ? Self.steps(timeline.queueWait, timeline.stepSeconds) : []
    backlog = queueWait.isEmpty ? [] : timeline.waiting.map { $0 / Double(timeline.stepSeconds) / 1e9 }
    grid = timeline.grid
  }

  /// Whether at least two steps have jobs enough for a median.
  public static func hasCourse(_ steps: [Step]) -> Bool { steps.count { $0.quantiles[0] != nil } >= 2 }

  private static func steps(_ counts: [DurationCounts], _ seconds: Int) -> [Step] {
    counts.enumerated().map { index, counts in
      Step(start: index * seconds, count: counts.count, quantiles: counts.quantiles(probabilities))
    }
  }
}

/// Collects what `TimelineFigures` tells, one job after the other and in any order.
struct RunTimeline {
  let stepSeconds: Int
  private(set) var e2e: [DurationCounts]
  private(set) var queueWait: [DurationCounts]
  /// Nanoseconds of waiting in the queue that fall into each step.
  private(set) var waiting: [Double]
  private(set) var grid: LatencyGrid
  private let clock: RunClock

  /// A run of that many seconds and jobs: steps are as short as still leaves each jobs enough, 120 at most.
  init(seconds: Int, jobs: Int, clock: RunClock) {
    self.clock = clock
    let perStep = Self.jobsPerStep(jobs)
    let least = max(Double(seconds) / 120, Double(seconds) * perStep / Double(max(1, jobs)))
    stepSeconds = RunStep.seconds(atLeast: least)
    let count = max(1, (seconds + stepSeconds - 1) / stepSeconds)
    e2e = Array(repeating: DurationCounts(), count: count)
    (queueWait, waiting) = (e2e, Array(repeating: 0, count: count))
    grid = LatencyGrid(seconds: seconds)
  }

  /// As many as p99 needs with a margin if that leaves twelve steps, else as p95 needs, else as a median does.
  private static func jobsPerStep(_ jobs: Int) -> Double {
    [0.99, 0.95].map { Double(PercentileRule.needed(for: $0)) * 1.2 }.first { Double(jobs) / $0 >= 12 }
      ?? Double(PercentileRule.needed(for: 0.5)) * 1.2
  }

  mutating func add(_ job: JobRecord) {
    let step = min(e2e.count - 1, max(0, Int(job.t0 / 1_000_000_000) / stepSeconds))
    if let value = job.value(of: .e2e, on: clock) {
      if value.isCensored {
        e2e[step].addUnfinished()
      } else {
        e2e[step].add(nanoseconds: value.nanoseconds)
        grid.add(due: job.t0, nanoseconds: value.nanoseconds)
      }
    }
    guard let wait = job.value(of: .queueWait, on: clock) else { return }
    queueWait[step].add(nanoseconds: wait.nanoseconds)
    guard let s1 = job.timings?.s1, let s2 = job.timings?.s2 else { return }
    addWaiting(from: clock.nanoseconds(s1), to: clock.nanoseconds(s2))
  }

  private mutating func addWaiting(from start: Int64, to end: Int64) {
    let step = Int64(stepSeconds) * 1_000_000_000
    var index = Int(max(0, start) / step)
    while index < waiting.count, Int64(index) * step < end {
      let begin = Int64(index) * step
      waiting[index] += Double(max(0, min(end, begin + step) - max(start, begin)))
      index += 1
    }
  }
}
