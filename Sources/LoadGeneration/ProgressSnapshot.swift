/// How a run is going, for a live line.
public struct ProgressSnapshot: Sendable, Equatable {
  /// Name of the phase that runs; nil while the last jobs run out.
  public var phase: String?
  /// Position of the phase from 0, and how many there are.
  public var phaseIndex: Int
  /// Phases in all.
  public var phases: Int
  /// Nanoseconds since the run's start.
  public var elapsed: Int64
  /// Nanoseconds to the end of the plan, without the drain; nil where a number of jobs decides.
  public var left: Int64?
  /// Jobs that became due per second, over the last two seconds.
  public var offeredRate: Double
  /// Jobs that ended per second, over the last two seconds.
  public var endedRate: Double
  /// Jobs that are submitted and have not ended.
  public var inFlight: Int
  /// Jobs that have become due.
  public var scheduled: Int
  /// Jobs that the plan schedules, where that is known.
  public var planned: Int?
  /// How jobs have ended so far.
  public var counts: OutcomeCounts
  /// Median of e2e so far in nanoseconds; nil where there are too few jobs to say.
  public var median: Int64?
  /// 95th percentile of e2e so far in nanoseconds; nil where there are too few jobs to say.
  public var percentile95: Int64?
  /// Jobs that waited for a cold start, as far as the platform says.
  public var coldStarts: Int
}
