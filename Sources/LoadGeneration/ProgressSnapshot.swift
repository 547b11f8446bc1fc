public import RunRecords

/// How a run is going, for a live view.
public struct ProgressSnapshot: Sendable, Equatable {
  /// Name of the phase that runs; nil while the last jobs run out.
  public var phase: String?
  /// Position of the phase, from 0.
  public var phaseIndex = 0
  /// Phases in all.
  public var phases = 1
  /// Nanoseconds since the phase's start.
  public var phaseElapsed: Int64 = 0
  /// Nanoseconds that the phase lasts; nil where a number of jobs decides.
  public var phaseLength: Int64?
  /// Nanoseconds since the run's start.
  public var elapsed: Int64 = 0
  /// Nanoseconds to the end of the plan, without the drain; nil where a number of jobs decides.
  public var left: Int64?
  /// Jobs that became due per second, over the last two seconds.
  public var offeredRate = 0.0
  /// Jobs that ended per second, over the last two seconds.
  public var endedRate = 0.0
  /// Jobs that ended in each of the last seconds, at most 60, the latest last.
  public var endedBySecond: [Int] = []
  /// Jobs that are submitted and have not ended.
  public var inFlight = 0
  /// Jobs that have become due.
  public var scheduled = 0
  /// Jobs that the plan schedules, where that is known.
  public var planned: Int?
  /// How jobs have ended so far.
  public var counts = OutcomeCounts()
  /// e2e of all jobs so far, unfinished ones at their age.
  public var endToEnd = LatencyReading()
  /// e2e of the jobs that ended in the last ten whole seconds.
  public var recent = LatencyReading()
  /// Queue wait so far, as far as the platform says.
  public var queueWait = LatencyReading()
  /// The generator's own delay so far, without warm-up and without bursts, whose jobs wait for each other.
  public var lateness = LatencyReading()
  /// Share of time in which this machine had nothing to do, over the last second, 0 to 1; nil where it is not known.
  public var hostIdle: Double?
  /// The checks of the run on itself that can be made already, as they stand; nil before there is anything to look at.
  public var validity: Validity?
  /// Jobs that waited for a cold start, as far as the platform says.
  public var coldStarts = 0
  /// Dollars that the jobs so far have cost, as far as the platform says.
  public var dollars = 0.0
  /// Dollars that the run may cost; nil where there is no limit.
  public var dollarLimit: Double?

  /// A run that has not begun.
  public init() {}
}
