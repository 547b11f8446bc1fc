import HostSystem
import JobBackends
import Jobs

/// Answers as it was told to, in turn, the last answer for ever; remembers what it was asked.
final class ScriptedInvoker: Invoker {
  typealias Answer = @Sendable (ExecutionRequest) -> Result<Invocation, BackendError>

  private let state: Lock<(answers: [Answer], requests: [ExecutionRequest])>

  init(_ answers: Answer...) {
    state = Lock((answers, []))
  }

  /// What was asked so far.
  var requests: [ExecutionRequest] { state.withLock { $0.requests } }

  func invoke(_ request: ExecutionRequest) throws(BackendError) -> Invocation {
    let answer: Answer? = state.withLock { state in
      state.requests.append(request)
      return state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first
    }
    guard let answer else { throw BackendError(.environmentFailed, "there is no answer") }
    return try answer(request).get()
  }

  /// Prints the program back.
  static let echo: Answer = { request in .success(Examples.invocation(stdout: request.code + "\n")) }

  /// Dies.
  static let death: Answer = { _ in .failure(BackendError(.environmentFailed, "env-1 was ended by signal 9")) }
}
