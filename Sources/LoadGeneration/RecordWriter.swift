import HostSystem
import RunRecords

/// Hands records in batches to a sink on a thread of its own, so that a slow disk never holds up the loop.
final class RecordWriter: Sendable {
  private struct State: Sendable {
    var batches: [[JobRecord]] = []
    var isEnding = false
  }

  private let state: Lock<State>
  private let thread: NativeThread

  init(_ sink: @escaping @Sendable ([JobRecord]) -> Void) throws(SystemCallError) {
    let state = Lock(State())
    self.state = state
    thread = try NativeThread(named: "records") {
      while true {
        let (batches, isEnding) =
          state.wait { state -> ([[JobRecord]], Bool)? in
            guard state.isEnding || !state.batches.isEmpty else { return nil }
            defer { state.batches = [] }
            return (state.batches, state.isEnding)
          } ?? ([], true)
        for batch in batches { sink(batch) }
        if isEnding { return }
      }
    }
  }

  /// Takes a batch from the loop.
  func write(_ batch: [JobRecord]) {
    state.withLock { $0.batches.append(batch) }
    state.notifyAll()
  }

  /// Writes what is left and ends the thread.
  func stop() {
    state.withLock { $0.isEnding = true }
    state.notifyAll()
    thread.join()
  }
}
