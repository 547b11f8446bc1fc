package import JobBackends
package import Jobs

/// What is to be done next for a message.
package enum DispatchStep: Sendable, Equatable {
  /// Read the source text from the code store; answer `code`.
  case fetchCode
  /// Mark the job running; answer `marked`.
  case markRunning(JobTimings)
  /// Read where the job is; answer `state`.
  case readState
  /// Run the program; answer `invoked` or `invocationFailed`.
  case invoke(ExecutionRequest)
  /// Store the end of the job; answer `stored`.
  case finish(JobStatus)
  /// Take the message off the queue; answer `done`.
  case acknowledge
  /// Let the message come again at once; answer `done`.
  case release
  /// Move the message to the dead letters; answer `done`.
  case bury(reason: String)
  /// Remove the source text from the code store; answer `done`.
  case removeCode
  /// Nothing more.
  case end(DispatchOutcome)
}

/// What came of a step.
package enum DispatchAnswer: Sendable {
  /// The source text, or nil where the store does not have it.
  case code(String?)
  /// Whether the job changed from queued to running.
  case marked(Bool)
  /// Where the job is, or nil where it is unknown.
  case state(JobState?)
  /// The environment's answer.
  case invoked(Invocation)
  /// The environment gave none.
  case invocationFailed(BackendError)
  /// Whether this was the end of the job.
  case stored(Bool)
  /// A step without a result was performed.
  case done
  /// The backend could not do the step, for as long as it was tried.
  case gaveUp(BackendError)
}
