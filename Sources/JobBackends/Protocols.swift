public import Jobs

/// How a submission was taken in.
public enum Acceptance: Sendable, Hashable {
  /// A new job, its status record and its message both stored.
  case created(JobID)
  /// The idempotency key named a job that exists.
  case existing(JobID)
}

/// The platform's front door: a status record and a message, both stored before the client hears of it.
public protocol JobIntake: Sendable {
  /// Stores the record "queued" and the message, or finds the job that the key already names.
  func accept(_ message: JobMessage, idempotencyKey: String?) throws(BackendError) -> Acceptance
}

/// An at-least-once queue with at most `maximumReceives` deliveries of a message.
public protocol JobQueue: Sendable {
  /// Waits for messages and takes those that are there, up to a number; none when the wait passed without one.
  ///
  /// It does not wait for more once it has one.
  func receive(upTo limit: Int, waitMilliseconds: Int) throws(BackendError) -> [ReceivedMessage]
  /// The message is done with and will not come again.
  func acknowledge(_ message: ReceivedMessage) throws(BackendError)
  /// The message should come again at once, its count of deliveries kept.
  func release(_ message: ReceivedMessage) throws(BackendError)
  /// The message has been delivered too often: it is moved to the dead-letter queue with the reason.
  func bury(_ message: ReceivedMessage, reason: String) throws(BackendError)
  /// Messages waiting for delivery, delivered and not yet acknowledged, and dead letters.
  func depth() throws(BackendError) -> QueueDepth
}

extension JobQueue {
  /// Waits for the next message; nil when the wait passed without one.
  public func receive(waitMilliseconds: Int) throws(BackendError) -> ReceivedMessage? {
    try receive(upTo: 1, waitMilliseconds: waitMilliseconds).first
  }
}

/// How full a queue is.
public struct QueueDepth: Sendable, Hashable, Codable {
  /// Messages that no consumer has received.
  public var waiting: Int
  /// Messages received and not yet acknowledged.
  public var inFlight: Int
  /// Messages that were delivered too often.
  public var deadLetters: Int

  /// A reading of a queue.
  public init(waiting: Int, inFlight: Int, deadLetters: Int) {
    self.waiting = waiting
    self.inFlight = inFlight
    self.deadLetters = deadLetters
  }
}

/// Where the state of every job is kept until its lifetime ends.
///
/// State only moves forward, by compare-and-set: a change that would move it back, or that comes after the end,
/// changes nothing and returns false.
public protocol JobStatusStore: Sendable {
  /// The status, or nil for a job that is unknown or forgotten.
  func status(of job: JobID) throws(BackendError) -> JobStatus?
  /// Marks a job running with the timings known so far.
  @discardableResult
  func markRunning(_ job: JobID, timings: JobTimings) throws(BackendError) -> Bool
  /// Stores the end of a job and tells whoever waits for it; the store's clock sets `s6`.
  @discardableResult
  func finish(_ job: JobID, _ status: JobStatus) throws(BackendError) -> Bool
}

/// Where source text is kept that is too large for a message.
public protocol CodeStore: Sendable {
  /// Keeps a program for a job.
  func put(_ code: String, for job: JobID) throws(BackendError)
  /// The program, or nil where it is unknown or has expired.
  func code(of job: JobID) throws(BackendError) -> String?
  /// Forgets a program; one that is unknown is no error.
  func remove(_ job: JobID) throws(BackendError)
}

/// What came back from an execution environment, with how it was served.
public struct Invocation: Sendable {
  /// The environment's answer.
  public var result: ExecutionResult
  /// The environment's name in logs and results.
  public var environmentId: String
  /// The job waited for its environment to start.
  public var coldStart: Bool
  /// Microseconds since 1970 when the payload was handed to an environment (s2).
  public var handedAt: Int64
  /// Microseconds since 1970 when the environment was ready for it (s3).
  public var readyAt: Int64
  /// Milliseconds that AWS Lambda would bill, initialisation included.
  public var billedMs: Int
  /// Memory that the environment is configured with, in mebibytes.
  public var memoryMB: Int
  /// False where nothing told how the environment served: then `coldStart`, `readyAt`, `billedMs` and `memoryMB` mean
  /// nothing, and no result may hold them.
  public var isReported: Bool

  /// An invocation that was answered.
  public init(
    result: ExecutionResult, environmentId: String, coldStart: Bool, handedAt: Int64, readyAt: Int64, billedMs: Int,
    memoryMB: Int, isReported: Bool = true
  ) {
    self.result = result
    self.environmentId = environmentId
    self.coldStart = coldStart
    self.handedAt = handedAt
    self.readyAt = readyAt
    self.billedMs = billedMs
    self.memoryMB = memoryMB
    self.isReported = isReported
  }
}

/// Something that runs a payload in an execution environment and waits for the answer.
public protocol Invoker: Sendable {
  /// Invokes an environment; a program that misbehaves is an answer, an environment that dies is an error.
  func invoke(_ request: ExecutionRequest) throws(BackendError) -> Invocation
  /// Invokes the environment that a lease holds; the first invocation of a lease makes it hold one.
  func invoke(_ request: ExecutionRequest, on lease: EnvironmentLease) throws(BackendError) -> Invocation
  /// Lets the environment of a lease serve others; every lease that was used ends with it.
  func end(_ lease: EnvironmentLease)
}

extension Invoker {
  /// Where environments cannot be held, each invocation finds its own.
  public func invoke(_ request: ExecutionRequest, on lease: EnvironmentLease) throws(BackendError) -> Invocation {
    try invoke(request)
  }

  /// Nothing is held.
  public func end(_ lease: EnvironmentLease) {}
}

/// News of jobs that have ended, for callers that would otherwise have to ask again and again.
public protocol JobNotifications: Sendable {
  /// Listens on a thread of its own until `stop`, reconnecting by itself.
  ///
  /// - Parameters:
  ///   - finished: called for each job that ends, soon after its end is visible to status reads.
  ///   - resynchronise: called after every gap in the news, in which ends may have been missed.
  func start(
    finished: @escaping @Sendable (JobID) -> Void, resynchronise: @escaping @Sendable () -> Void
  ) throws(BackendError)
  /// Stops listening and waits for the thread to end.
  func stop()
}
