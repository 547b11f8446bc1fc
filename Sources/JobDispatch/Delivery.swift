package import JobBackends
import Jobs

/// One delivery of a message, from receive to acknowledge, as a value: answers in, steps out.
///
/// The rules: a program runs only if its job has not ended; a result is stored before its message is acknowledged;
/// a job whose environment failed on the last attempt ends failed before its message is buried; and where a backend
/// is out of reach the message is left alone, because then nothing is lost.
package struct Delivery: Sendable {
  private let received: ReceivedMessage
  private let maximumReceives: Int
  private var state = State.starting

  private enum State {
    case starting
    case fetching
    case marking(code: String)
    case reading(code: String)
    case invoking
    /// Storing the end of the job; what follows where this delivery is the one that ends it.
    case storing(then: Ending)
    case acknowledging(DispatchOutcome)
    case releasing(reason: String)
    case burying(reason: String)
    case removing(DispatchOutcome)
    case ended
  }

  private enum Ending {
    case acknowledge(JobState)
    case bury(reason: String)
  }

  /// A delivery that has just been received.
  package init(_ received: ReceivedMessage, maximumReceives: Int) {
    precondition(maximumReceives > 0, "a message is received at least once, got \(maximumReceives)")
    self.received = received
    self.maximumReceives = maximumReceives
  }

  /// The first step.
  package mutating func start() -> DispatchStep {
    if received.attempt > maximumReceives {
      return giveUp(because: "each time the dispatcher or the environment ended before it could say why")
    }
    if let code = received.message.code { return mark(code) }
    state = .fetching
    return .fetchCode
  }

  /// The step that follows what came of the last one.
  package mutating func next(_ answer: DispatchAnswer) -> DispatchStep {
    switch (state, answer) {
    case (.fetching, .code(let code?)): return mark(code)
    case (.fetching, .code(nil)): return failForGood("its source text is not in the code store any more")
    case (.marking(let code), .marked(true)): return invoke(code)
    case (.marking(let code), .marked(false)):
      state = .reading(code: code)
      return .readState
    case (.reading(let code), .state(let job)): return resume(code, job)
    case (.invoking, .invoked(let invocation)):
      let status = JobStatus(of: received, invocation)
      return store(status, then: .acknowledge(status.status))
    case (.invoking, .invocationFailed(let error)): return environmentFailed(error)
    case (.storing(.acknowledge(let job)), .stored(true)): return acknowledge(.finished(job))
    case (.storing(.bury(let reason)), .stored(true)):
      state = .burying(reason: reason)
      return .bury(reason: reason)
    case (.storing, .stored(false)): return acknowledge(.duplicate)
    case (.acknowledging(let outcome), .done): return cleanUp(outcome)
    case (.burying(let reason), .done): return cleanUp(.buried(reason: reason))
    case (.releasing(let reason), .done): return end(.released(reason: reason))
    case (.removing(let outcome), .done), (.removing(let outcome), .gaveUp): return end(outcome)
    case (_, .gaveUp(let error)): return end(.abandoned(reason: error.description))
    default: preconditionFailure("\(answer) is no answer in state \(state)")
    }
  }

  private mutating func mark(_ code: String) -> DispatchStep {
    state = .marking(code: code)
    return .markRunning(JobTimings(of: received))
  }

  /// The job did not change to running: it runs already (an earlier delivery), has ended, or is forgotten.
  private mutating func resume(_ code: String, _ job: JobState?) -> DispatchStep {
    guard let job else { return acknowledge(.forgotten) }
    return job.isTerminal ? acknowledge(.duplicate) : invoke(code)
  }

  private mutating func invoke(_ code: String) -> DispatchStep {
    state = .invoking
    let message = received.message
    return .invoke(
      ExecutionRequest(
        jobId: message.jobId, code: code, language: message.language, stdin: message.stdin ?? "",
        args: message.args ?? [], files: message.files, options: message.options, limits: message.limits,
        start: message.start, tenant: message.tenant))
  }

  private mutating func environmentFailed(_ error: BackendError) -> DispatchStep {
    switch error.kind {
    case .unavailable, .throttled: return end(.abandoned(reason: error.description))
    case .environmentFailed, .environmentTimedOut, .tooLarge, .invalid:
      if received.attempt >= maximumReceives { return giveUp(because: error.description) }
      state = .releasing(reason: error.description)
      return .release
    }
  }

  private mutating func giveUp(because reason: String) -> DispatchStep {
    let attempts = min(received.attempt, maximumReceives)
    let sentence = "the platform gave up after \(attempts) \(attempts == 1 ? "attempt" : "attempts"): \(reason)"
    return store(JobStatus(of: received, internalError: sentence), then: .bury(reason: sentence))
  }

  private mutating func failForGood(_ reason: String) -> DispatchStep {
    store(JobStatus(of: received, internalError: reason), then: .bury(reason: reason))
  }

  private mutating func store(_ status: JobStatus, then ending: Ending) -> DispatchStep {
    state = .storing(then: ending)
    return .finish(status)
  }

  private mutating func acknowledge(_ outcome: DispatchOutcome) -> DispatchStep {
    state = .acknowledging(outcome)
    return .acknowledge
  }

  private mutating func cleanUp(_ outcome: DispatchOutcome) -> DispatchStep {
    guard received.message.code == nil else { return end(outcome) }
    state = .removing(outcome)
    return .removeCode
  }

  private mutating func end(_ outcome: DispatchOutcome) -> DispatchStep {
    state = .ended
    return .end(outcome)
  }
}
