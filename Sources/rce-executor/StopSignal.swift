import Glibc
import HostSystem
import LambdaRuntime

/// SIGTERM and SIGINT: at once while nothing is in hand, otherwise after the answer.
final class StopSignal: Sendable {
  private struct State {
    var isWorking = false
    var isStopping = false
    var cleanUp: (@Sendable () -> Void)?
  }

  private let state = Lock(State())

  /// Starts to listen; to be created before any other thread.
  init() throws(SystemCallError) {
    let signals = try SignalDescriptor([SIGTERM, SIGINT])
    let number = SignalBox(signals)
    _ = try NativeThread(named: "signals") { [state] in
      while number.descriptor.wait() == nil {}
      let (isWorking, cleanUp) = state.withLock { state in
        state.isStopping = true
        return (state.isWorking, state.cleanUp)
      }
      if isWorking { return }
      cleanUp?()
      exit(0)
    }
  }

  /// Does this before it ends an idle program.
  func beforeExit(_ cleanUp: @escaping @Sendable () -> Void) {
    state.withLock { $0.cleanUp = cleanUp }
  }

  /// Notes where the loop is, and whether it may go on.
  func allows<Transport>(_ moment: RuntimeLoop<Transport>.Moment) -> Bool {
    state.withLock { state in
      state.isWorking = moment == .taken
      return state.isWorking || !state.isStopping
    }
  }
}

/// Carries a descriptor that cannot be copied into a closure.
private final class SignalBox: Sendable {
  let descriptor: SignalDescriptor

  init(_ descriptor: consuming SignalDescriptor) {
    self.descriptor = descriptor
  }
}
