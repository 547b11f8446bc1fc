/// What the platform's log tells of the invocation that ran a job, beside what the job's result declared.
public struct JobInvocation: Sendable, Hashable {
  /// Whether the job waited for its environment.
  public enum Start: String, Sendable, Hashable {
    /// It was there.
    case warm
    /// It was initialised while the job waited.
    case cold
    /// It had been initialised ahead of need; the job pays for that and did not wait.
    case ahead
  }

  /// REPORT line of an invocation.
  public struct Report: Sendable, Hashable {
    /// The environment, by its log stream.
    public var environment: String
    /// When the line was written, in milliseconds since 1970 of the platform's clock.
    public var writtenAt: Int64
    /// Milliseconds that the handler took.
    public var durationMs: Double
    /// Milliseconds billed.
    public var billedMs: Int
    /// Mebibytes configured.
    public var memoryMB: Int
    /// Most mebibytes that the environment has used so far.
    public var maxMemoryMB: Int?
    /// Milliseconds of initialisation.
    public var initMs: Double?
    /// `timeout` or `error`, where it ended so.
    public var status: String?
    /// Whether the job waited.
    public var start: Start

    /// A line.
    public init(
      environment: String, writtenAt: Int64, durationMs: Double, billedMs: Int, memoryMB: Int,
      maxMemoryMB: Int? = nil, initMs: Double? = nil, status: String? = nil, start: Start
    ) {
      self.environment = environment
      self.writtenAt = writtenAt
      self.durationMs = durationMs
      self.billedMs = billedMs
      self.memoryMB = memoryMB
      self.maxMemoryMB = maxMemoryMB
      self.initMs = initMs
      self.status = status
      self.start = start
    }
  }

  /// Position of the job in the plan.
  public var job: Int
  /// The invocation's name in the log.
  public var requestID: String
  /// Milliseconds that the job's result declared as billed.
  public var declaredBilledMs: Int?
  /// Mebibytes that it declared.
  public var declaredMemoryMB: Int?
  /// Whether it declared a cold start.
  public var declaredCold: Bool?
  /// What the log says; nil where no line was found.
  public var report: Report?

  /// An invocation by what the job's result told of it.
  public init(
    job: Int, requestID: String, declaredBilledMs: Int? = nil, declaredMemoryMB: Int? = nil,
    declaredCold: Bool? = nil, report: Report? = nil
  ) {
    self.job = job
    self.requestID = requestID
    self.declaredBilledMs = declaredBilledMs
    self.declaredMemoryMB = declaredMemoryMB
    self.declaredCold = declaredCold
    self.report = report
  }
}
