public import Jobs

/// Everything that is kept of one job: what it was, how it ended, and every instant that is known.
///
/// `t*` are nanoseconds of the generator's CLOCK_MONOTONIC since the run's start (`RunInfo.startedAt`);
/// `s*`, inside `timings`, are microseconds since 1970 of the platform's clock. The run's `clockOffset` joins the two.
public struct JobRecord: Sendable, Hashable {
  /// Position in the whole plan, from 0.
  public var index: Int
  /// Name of the phase that scheduled the job.
  public var phase: String
  /// False for a job of a warm-up phase, which no figure includes.
  public var recorded: Bool
  /// Name of the entry of the mix.
  public var entry: String
  /// What the program is written in.
  public var language: Language
  /// How the job is counted.
  public var outcome: JobOutcome
  /// The platform's id; nil where the submission was not accepted.
  public var jobId: String?
  /// The state that the platform last reported.
  public var state: JobState?
  /// The platform's own word for what went wrong.
  public var errorType: ErrorType?
  /// Why the outcome is not `succeeded`, from a bounded set of sentences; nil where it is.
  public var reason: String?
  /// The beginning of what the platform said or the program wrote, where the outcome is not `succeeded`; hostile text.
  public var excerpt: String?
  /// HTTP status of the submission; nil where no answer came.
  public var httpStatus: Int?
  /// Status reads that were made.
  public var polls: Int = 0
  /// Submissions beyond the first.
  public var retries: Int = 0
  /// Intended arrival, from the plan.
  public var t0: Int64
  /// Dispatched to the HTTP loop.
  public var t1: Int64?
  /// Connection ready.
  public var t2: Int64?
  /// Request sent.
  public var t3: Int64?
  /// Answer with the job id read.
  public var t4: Int64?
  /// Last status read that said "not done".
  public var t5: Int64?
  /// First status read that said "done".
  public var t6: Int64?
  /// Result read.
  public var t7: Int64?
  /// When the last status read was sent that found the job queued; with `startedBy` it brackets the queue wait.
  public var queuedAt: Int64?
  /// When the first status read was answered that found the job no longer queued.
  public var startedBy: Int64?
  /// When the outcome was decided; a job without `t7` is right-censored here.
  public var endedAt: Int64
  /// The platform's instants and how it served the job; nil where the target gives none.
  public var timings: JobTimings?
  /// CPU milliseconds of the program, as the platform reports it.
  public var cpuTimeMs: Double?
  /// The most memory that the program had, in bytes, as the platform reports it.
  public var peakMemoryBytes: Int?
  /// Bytes of request and answer bodies, both directions.
  public var bytes: Int = 0

  /// A job that is due at `t0` and of which nothing else is known.
  public init(
    index: Int, phase: String, recorded: Bool, entry: String, language: Language, outcome: JobOutcome, t0: Int64,
    endedAt: Int64
  ) {
    self.index = index
    self.phase = phase
    self.recorded = recorded
    self.entry = entry
    self.language = language
    self.outcome = outcome
    self.t0 = t0
    self.endedAt = endedAt
  }
}
