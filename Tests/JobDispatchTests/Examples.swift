import JobBackends
import Jobs

/// Messages and answers that the tests of this module start from.
enum Examples {
  static func message(code: String? = "print(1)", attempt: Int = 1, job: JobID = JobID()) -> ReceivedMessage {
    ReceivedMessage(
      message: JobMessage(
        jobId: job, language: .python, code: code, stdin: "in", args: ["a"], limits: ResourceLimits(memoryMB: 99),
        receivedAt: 10),
      receipt: "1-0", attempt: attempt, sentAt: 11)
  }

  static func invocation(
    error: String? = nil, errorType: ErrorType? = nil, stdout: String = "1\n", start: StartKind? = nil,
    coldStart: Bool = false
  ) -> Invocation {
    let details = ExecutionDetails(
      errorType: errorType, exitCode: errorType == nil ? 0 : 1, stdout: CapturedOutput(Array(stdout.utf8)))
    return Invocation(
      result: ExecutionResult(error: error, details: details, start: start, compiledAt: 14, finishedAt: 15),
      environmentId: "env-1", coldStart: coldStart, handedAt: 12, readyAt: 13, billedMs: 16, memoryMB: 128)
  }
}
