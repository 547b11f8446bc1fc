import HostSystem
import JobBackends
import Jobs

/// Answers as it was told to, in turn, the last answer for ever; remembers what it was asked.
final class ScriptedInvoker: Invoker {
  typealias Answer = @Sendable (ExecutionRequest) -> Result<Invocation, BackendError>

  private struct State: Sendable {
    var answers: [Answer]
    var requests: [ExecutionRequest] = []
    var leases: [EnvironmentLease?] = []
    var ended: [EnvironmentLease] = []
  }

  private let state: Lock<State>

  init(_ answers: Answer...) {
    state = Lock(State(answers: answers))
  }

  /// What was asked so far.
  var requests: [ExecutionRequest] { state.withLock { $0.requests } }

  /// The lease of each request.
  var leases: [EnvironmentLease?] { state.withLock { $0.leases } }

  /// The leases that were ended.
  var ended: [EnvironmentLease] { state.withLock { $0.ended } }

  func invoke(_ request: ExecutionRequest) throws(BackendError) -> Invocation { try answer(request, nil) }

  func invoke(_ request: ExecutionRequest, on lease: EnvironmentLease) throws(BackendError) -> Invocation {
    try answer(request, lease)
  }

  func end(_ lease: EnvironmentLease) {
    state.withLock { $0.ended.append(lease) }
  }

  private func answer(_ request: ExecutionRequest, _ lease: EnvironmentLease?) throws(BackendError) -> Invocation {
    let answer: Answer? = state.withLock { state in
      state.requests.append(request)
      state.leases.append(lease)
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
