public import Jobs
public import MicroHTTP

/// What becomes of a request.
public enum APIAnswer: Sendable {
  /// The answer.
  case now(HTTPResponse)
  /// The client waits for a job's end; whoever speaks to the client decides how.
  case wait(StatusWait)
}

/// A status request whose client waits for the end of a job.
public struct StatusWait: Sendable {
  /// The job whose end the client waits for.
  public let job: JobID
  /// How long it waits at most, the API's own limit applied.
  public let milliseconds: Int
  /// Header fields that its answer needs besides, whatever it is.
  let headers: [(name: String, value: String)]

  /// The answer from a reading of the status.
  public func answer(_ reading: StatusReading) -> HTTPResponse {
    reading.response.adding(headers)
  }
}

/// What one look at a job's status says to whoever waits for it.
public enum StatusReading: Sendable {
  /// The job has ended, or is not known: waiting longer changes nothing.
  case final(HTTPResponse)
  /// The job has not ended yet.
  case pending(HTTPResponse)
  /// The store could not be asked.
  case unreadable(HTTPResponse)

  /// The answer for a client that waits no longer.
  public var response: HTTPResponse {
    switch self {
    case .final(let response), .pending(let response), .unreadable(let response): response
    }
  }
}

extension HTTPResponse {
  /// The same answer with more header fields.
  func adding(_ more: [(name: String, value: String)]) -> Self {
    var response = self
    response.headers += more
    return response
  }
}
