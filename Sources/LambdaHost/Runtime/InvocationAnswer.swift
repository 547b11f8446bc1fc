/// What the caller of an invocation is told.
struct InvocationAnswer: Sendable {
  enum Outcome: Sendable {
    /// The environment's response.
    case response([UInt8])
    /// The environment's response was larger than Lambda takes.
    case responseTooLarge
    /// The function reported an error; the body is what it said.
    case functionError(type: String, body: [UInt8])
    /// No answer came; the detail says what is known of the environment's end.
    case failed(PoolFailure, detail: String?)
  }

  var outcome: Outcome
  /// Nil where no environment was found.
  var environment: EnvironmentView?
  /// Nil where the invocation was never handed over.
  var service: Service?
  /// What the environment reported instead of becoming ready.
  var initError: ReportedError?

  /// How the REPORT line tells the end; nil where a response came.
  var status: InvocationReport.Status? {
    switch outcome {
    case .response: nil
    case .responseTooLarge: .error(type: "Function.ResponseSizeTooLarge")
    case .functionError(let type, _): .error(type: type)
    case .failed(.timedOut, _), .failed(.initTimedOut, _): .timeout
    case .failed: .error(type: initError?.type ?? "Runtime.ExitError")
    }
  }

  /// An error in the function's own words.
  struct ReportedError: Sendable {
    var type: String
    var body: [UInt8]
  }

  /// How the invocation was served.
  struct Service: Sendable {
    var assignment: Assignment
    /// Nanoseconds from the hand-over to the answer or the failure.
    var duration: Int64
    /// The environment's initialisation, where this was its first invocation.
    var initDuration: Int64?
    /// The initialisation of a provisioned environment is told, but paid for with the provision.
    var isInitBilled = true
  }
}

/// What is told of an environment outside the host's lock.
struct EnvironmentView: Sendable {
  var id: EnvironmentID
  var name: String
  var processID: Int32?
}
