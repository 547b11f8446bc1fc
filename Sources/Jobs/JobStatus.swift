/// Where a job is; it only ever moves forward.
public enum JobState: String, Codable, Sendable, Hashable, CaseIterable {
  case queued
  case running
  case completed
  case failed

  /// Nothing changes any more.
  public var isTerminal: Bool { self == .completed || self == .failed }
}

/// The platform's instants of one job, in microseconds since 1970-01-01 UTC, and how it was served.
///
/// Which instant is which is defined in the README's table of instants; nil is one that has not happened or is not known.
public struct JobTimings: Codable, Sendable, Hashable {
  /// Request received by the API.
  public var s0: Int64?
  /// Message accepted by the queue.
  public var s1: Int64?
  /// Message handed to an execution environment.
  public var s2: Int64?
  /// Environment ready for the job; equals `s2` when it was warm.
  public var s3: Int64?
  /// Compiler finished.
  public var s4: Int64?
  /// Program finished.
  public var s5: Int64?
  /// Result stored, visible to status reads.
  public var s6: Int64?
  /// The job waited for its environment to start.
  public var coldStart: Bool?
  /// How the environment came by what it ran the program with.
  public var start: StartKind?
  /// The environment's name in the platform's logs.
  public var environmentId: String?
  /// 1 for the first delivery of the message.
  public var attempt: Int?
  /// Milliseconds that AWS Lambda would bill for the invocation, initialisation included.
  public var billedMs: Int?
  /// Memory that the environment is configured with, in mebibytes.
  public var memoryMB: Int?

  /// Timings with nothing known.
  public init() {}
}

/// The answer of `GET /job-status/{jobId}`.
public struct JobStatus: Codable, Sendable, Hashable {
  /// The job; nil where a platform does not repeat it.
  public var jobId: JobID?
  /// Where the job is.
  public var status: JobState
  /// stdout without its last newline, where the job completed.
  public var result: String?
  /// What went wrong, starting with its kind in words, where the job failed.
  public var error: String?
  /// Milliseconds since 1970 of the last change of state.
  public var timestamp: Int64
  /// What came of the program, where it ran.
  public var details: ExecutionDetails?
  /// When what happened; nil where a platform does not tell.
  public var timings: JobTimings?

  /// A status.
  public init(
    jobId: JobID?, status: JobState, result: String? = nil, error: String? = nil, timestamp: Int64,
    details: ExecutionDetails? = nil, timings: JobTimings? = nil
  ) {
    self.jobId = jobId
    self.status = status
    self.result = result
    self.error = error
    self.timestamp = timestamp
    self.details = details
    self.timings = timings
  }
}

/// The answer of `POST /execute`.
public struct SubmissionReceipt: Codable, Sendable, Hashable {
  /// The job to ask the status of.
  public var jobId: JobID
  /// Where the job is.
  public var status: JobState
  /// A sentence for a person.
  public var message: String

  /// A receipt for a job that was queued, or, under the same Idempotency-Key, for one that was queued before.
  public init(
    jobId: JobID, status: JobState = .queued, message: String = "Code execution job has been queued successfully"
  ) {
    self.jobId = jobId
    self.status = status
    self.message = message
  }
}
