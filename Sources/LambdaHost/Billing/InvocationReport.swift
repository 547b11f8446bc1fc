/// What one invocation used, as Lambda's REPORT line tells it.
package struct InvocationReport: Sendable, Hashable {
  /// How an invocation that was not answered ended.
  package enum Status: Sendable, Hashable {
    /// It reached the time limit.
    case timeout
    /// It failed; the type is Lambda's, for example `Runtime.ExitError`.
    case error(type: String)
  }

  /// The invocation's name, which the START and END lines carry too.
  package var requestId: String
  /// From the hand-over to the answer, in nanoseconds.
  package var duration: Int64
  /// From the start of the process to its first request for work, in nanoseconds; only an environment's first
  /// invocation has it, which is the one that pays for it.
  package var initDuration: Int64?
  /// Whether the invocation pays for it; that of a provisioned environment is paid for with the provision.
  package var isInitBilled = true
  /// Mebibytes that the environment is configured with.
  package var memoryMB: Int
  /// Mebibytes that the environment has used at most so far (see `MemoryUse`).
  package var maxMemoryUsedMB: Int
  /// Nil where the invocation was answered.
  package var status: Status?

  package init(
    requestId: String, duration: Int64, initDuration: Int64? = nil, memoryMB: Int, maxMemoryUsedMB: Int,
    status: Status? = nil
  ) {
    self.requestId = requestId
    self.duration = duration
    self.initDuration = initDuration
    self.memoryMB = memoryMB
    self.maxMemoryUsedMB = maxMemoryUsedMB
    self.status = status
  }

  /// Milliseconds that Lambda bills: initialisation and duration together, rounded up once (since August 2025
  /// initialisation is billed for every kind of package).
  package var billedMilliseconds: Int {
    Int(max(1, (duration + (isInitBilled ? initDuration ?? 0 : 0) + 999_999) / 1_000_000))
  }

  /// The line that precedes an invocation.
  package static func startLine(_ requestId: String) -> String { "START RequestId: \(requestId) Version: $LATEST" }

  /// The line that follows an invocation.
  package var endLine: String { "END RequestId: \(requestId)" }

  /// The line that follows END; its fields are separated by tabs, and Lambda ends it with one.
  package var line: String {
    var fields = [
      "REPORT RequestId: \(requestId)", "Duration: \(Self.milliseconds(duration)) ms",
      "Billed Duration: \(billedMilliseconds) ms", "Memory Size: \(memoryMB) MB",
      "Max Memory Used: \(maxMemoryUsedMB) MB",
    ]
    if let initDuration { fields.append("Init Duration: \(Self.milliseconds(initDuration)) ms") }
    switch status {
    case nil: fields.append("")
    case .timeout: fields.append("Status: timeout")
    case .error(let type): fields += ["Status: error", "Error Type: \(type)"]
    }
    return fields.joined(separator: "\t")
  }

  /// The line before REPORT of an invocation that reached the time limit.
  package var timeoutLine: String { Self.timeoutLine(requestId, after: duration) }

  /// The same of an invocation that took so many nanoseconds.
  package static func timeoutLine(_ requestId: String, after duration: Int64) -> String {
    "RequestId: \(requestId) Error: Task timed out after \(hundredths(duration, of: 1_000_000_000)) seconds"
  }

  /// The line of an initialisation that failed, or that Lambda always tells (nil as its status).
  ///
  /// - Parameter isWithinInvocation: it was the second try, in the time of the invocation that waits for it.
  package static func initLine(duration: Int64, isWithinInvocation: Bool = false, status: Status? = nil) -> String {
    let phase = isWithinInvocation ? "invoke" : "init"
    let start = "INIT_REPORT Init Duration: \(milliseconds(duration)) ms\tPhase: \(phase)"
    return switch status {
    case nil: start
    case .timeout: start + "\tStatus: timeout"
    case .error(let type): start + "\tStatus: error\tError Type: \(type)"
    }
  }

  private static func milliseconds(_ nanoseconds: Int64) -> String { hundredths(nanoseconds, of: 1_000_000) }

  /// A duration in a unit (given in nanoseconds) with two decimals, rounded to the nearest.
  private static func hundredths(_ nanoseconds: Int64, of unit: Int64) -> String {
    let hundredths = (max(0, nanoseconds) + unit / 200) / (unit / 100)
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}
