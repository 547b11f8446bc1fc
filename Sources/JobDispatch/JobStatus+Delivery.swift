import HostSystem
package import JobBackends
package import Jobs

extension JobTimings {
  /// What is known of a job when its message has been received.
  init(of received: ReceivedMessage) {
    self.init()
    s0 = received.message.receivedAt
    s1 = received.sentAt
    attempt = received.attempt
  }
}

extension JobStatus {
  /// The end of a job that an environment has answered for.
  init(of received: ReceivedMessage, _ invocation: Invocation) {
    let result = invocation.result
    let error = result.error ?? result.details.errorType?.phrase
    var timings = JobTimings(of: received)
    timings.s2 = invocation.handedAt
    timings.s4 = result.compiledAt
    timings.s5 = result.finishedAt
    timings.start = result.start
    timings.environmentId = invocation.environmentId
    if invocation.isReported {
      timings.s3 = invocation.readyAt
      timings.coldStart = invocation.coldStart
      timings.start = result.start ?? (invocation.coldStart ? .cold : nil)
      timings.billedMs = invocation.billedMs
      timings.memoryMB = invocation.memoryMB
    }
    self.init(
      jobId: received.message.jobId, status: error == nil ? .completed : .failed,
      result: error == nil ? result.result : nil, error: error, timestamp: WallClock.milliseconds,
      details: result.details, timings: timings)
  }

  /// The end of a job that the platform could not run.
  package init(of received: ReceivedMessage, internalError reason: String) {
    self.init(
      jobId: received.message.jobId, status: .failed, error: "\(ErrorType.internalError.phrase): \(reason)",
      timestamp: WallClock.milliseconds, details: ExecutionDetails(errorType: .internalError),
      timings: JobTimings(of: received))
  }
}
