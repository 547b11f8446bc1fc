import CMicroHTTPD
import HostSystem

/// One request that waits for its answer, which may come at once or later and from any thread.
///
/// A handler that returns without an answer leaves the connection suspended: it costs a descriptor, and no thread.
public final class HTTPExchange: Sendable {
  private enum Phase {
    case handling
    /// Taken out of its daemon's poll set by MHD_suspend_connection.
    case suspended
    case answered(HTTPResponse)
    case finished
  }

  private struct State: @unchecked Sendable {
    // Proof of sendability: the pointer is only used under the lock, and never after `finished`.
    var phase: Phase
    let connection: OpaquePointer
  }

  private let state: Lock<State>

  init(connection: OpaquePointer) {
    state = Lock(State(phase: .handling, connection: connection))
  }

  /// Answers the request; only the first answer counts, and one that comes after the client has gone is dropped.
  public func answer(_ response: HTTPResponse) {
    state.withLock { state in
      switch state.phase {
      case .handling: state.phase = .answered(response)
      case .suspended:
        state.phase = .answered(response)
        MHD_resume_connection(state.connection)
      case .answered, .finished: break
      }
    }
  }

  /// The answer if there is one; otherwise the connection is suspended until there is.
  ///
  /// Both under the lock that `answer` takes, so that an answer never meets a connection on its way into suspension.
  func responseOrSuspend() -> HTTPResponse? {
    state.withLock { state in
      switch state.phase {
      case .answered(let response): return response
      case .handling:
        MHD_suspend_connection(state.connection)
        state.phase = .suspended
        return nil
      case .suspended, .finished: return nil
      }
    }
  }

  func finish() {
    state.withLock { $0.phase = .finished }
  }
}
