public import Jobs

/// What travels through the queue for one job.
public struct JobMessage: Codable, Sendable, Hashable {
  /// The job that the message asks for.
  public var jobId: JobID
  /// What the source is written in.
  public var language: Language
  /// The source, where it is small enough to travel in the message; otherwise nil, and the code store has it by job id.
  public var code: String?
  /// Standard input; nil is an empty one.
  public var stdin: StandardInput?
  /// Arguments after the program's name.
  public var args: [String]?
  /// Files beside the source.
  public var files: [SourceFile]?
  /// Options for the compiler.
  public var options: [String]?
  /// How the program must be started.
  public var start: RequestedStart?
  /// Whom the program belongs to.
  public var tenant: String?
  /// The limits that the program runs under, decided by the API.
  public var limits: ResourceLimits
  /// Microseconds since 1970 when the API received the request (s0).
  public var receivedAt: Int64

  /// A message for one job.
  public init(
    jobId: JobID, language: Language, code: String?, stdin: StandardInput? = nil, args: [String]? = nil,
    files: [SourceFile]? = nil, options: [String]? = nil, limits: ResourceLimits, start: RequestedStart? = nil,
    tenant: String? = nil, receivedAt: Int64
  ) {
    self.jobId = jobId
    self.language = language
    self.code = code
    self.stdin = stdin
    self.args = args
    self.files = files
    self.options = options
    self.start = start
    self.tenant = tenant
    self.limits = limits
    self.receivedAt = receivedAt
  }
}

/// A message as the queue handed it over, to be acknowledged or released exactly once.
public struct ReceivedMessage: Sendable {
  /// What the client's request became.
  public var message: JobMessage
  /// The queue's name for this delivery (a stream entry id, an SQS receipt handle).
  public var receipt: String
  /// 1 for the first delivery.
  public var attempt: Int
  /// Microseconds since 1970 when the queue accepted the message (s1).
  public var sentAt: Int64

  /// A delivery.
  public init(message: JobMessage, receipt: String, attempt: Int, sentAt: Int64) {
    self.message = message
    self.receipt = receipt
    self.attempt = attempt
    self.sentAt = sentAt
  }
}
