import HostSystem

/// Hands the loop's latest snapshot to a callback four times a second, from a thread that may be slow.
final class ProgressReporter: Sendable {
  private struct State: Sendable {
    var latest: ProgressSnapshot?
    var isEnding = false
  }

  private let state: Lock<State>
  private let thread: NativeThread

  static let interval: Int64 = 250_000_000

  init(_ callback: @escaping @Sendable (ProgressSnapshot) -> Void) throws(SystemCallError) {
    let state = Lock(State())
    self.state = state
    thread = try NativeThread(named: "progress") {
      while true {
        let isEnding = state.wait(until: .now + Self.interval) { $0.isEnding ? true : nil } ?? false
        if let snapshot = state.withLock({ $0.latest.take() }) { callback(snapshot) }
        if isEnding { return }
      }
    }
  }

  /// Takes a snapshot from the loop, which never waits for the callback.
  func publish(_ snapshot: ProgressSnapshot) {
    state.withLock { $0.latest = snapshot }
  }

  /// Delivers the last snapshot and ends the thread.
  func stop() {
    state.withLock { $0.isEnding = true }
    state.notifyAll()
    thread.join()
  }
}
