import HostSystem
import RunRecords

/// Hands records in batches to a sink on a thread of its own, so that a slow disk never holds up the loop.
final class RecordWriter: Sendable {
  private struct State: Sendable {
    var batches: [[JobRecord]] = []
    /// Records in `batches`.
    var count = 0
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
            defer { (state.batches, state.count) = ([], 0) }
            return (state.batches, state.isEnding)
          } ?? ([], true)
        for batch in batches { sink(batch) }
        if isEnding { return }
      }
    }
  }

  /// Takes a batch from the loop.
  func write(_ batch: [JobRecord]) {
    state.withLock { state in
      state.batches.append(batch)
      state.count += batch.count
    }
    state.notifyAll()
  }

  /// So many records wait for the sink that no more should come, which would only take memory.
  var isBehind: Bool { state.withLock { $0.count } > Self.most }

  private static let most = 32_768

  /// Writes what is left and ends the thread.
  func stop() {
    state.withLock { $0.isEnding = true }
    state.notifyAll()
    thread.join()
  }
}
