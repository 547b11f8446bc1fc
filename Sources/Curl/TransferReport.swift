public import HostSystem

/// How a transfer ended.
public struct TransferReport: Sendable {
  /// The caller's name for the transfer.
  public let tag: Int
  /// The answer, or what kept it from coming; an HTTP error status is an answer.
  public let result: Result<TransferAnswer, CurlError>
  /// When what happened.
  public let times: TransferTimes
  /// Bytes of bodies, sent and received.
  public let bodyBytes: Int
  /// Bytes of request that were sent, those of a repetition included.
  ///
  /// libcurl sends a request again by itself where a connection that was used before is closed before any byte of an
  /// answer has come.
  public let requestBytes: Int

  init(
    tag: Int, result: Result<TransferAnswer, CurlError>, times: TransferTimes, bodyBytes: Int, requestBytes: Int
  ) {
    self.tag = tag
    self.result = result
    self.times = times
    self.bodyBytes = bodyBytes
    self.requestBytes = requestBytes
  }

  /// A transfer that waited for a connection until it was given up.
  init(_ request: TransferRequest, neverStarted error: CurlError, queuedAt: MonotonicInstant, at now: MonotonicInstant)
  {
    tag = request.tag
    result = .failure(error)
    times = TransferTimes(started: queuedAt, connected: nil, sent: nil, firstByte: nil, done: now)
    bodyBytes = 0
    requestBytes = 0
  }
}

/// What a server answered.
public struct TransferAnswer: Sendable {
  /// The status code.
  public var status: Int
  /// The body.
  public var body: [UInt8]
  /// Values of the headers that the loop was told to watch, by their names in lower case.
  public var headers: [String: String]

  /// An answer.
  public init(status: Int, body: [UInt8] = [], headers: [String: String] = [:]) {
    self.status = status
    self.body = body
    self.headers = headers
  }
}

/// The instants of a transfer, counted by libcurl in microseconds from the start; nil is one that never came.
public struct TransferTimes: Sendable {
  /// Handed over; libcurl may have had it later, where it waited for a connection.
  public let started: MonotonicInstant
  /// Connection ready, TLS included; equals `started` where an open connection was used again.
  public let connected: MonotonicInstant?
  /// Request sent.
  public let sent: MonotonicInstant?
  /// First byte of the answer.
  public let firstByte: MonotonicInstant?
  /// Answer read, or the transfer given up.
  public let done: MonotonicInstant
}
