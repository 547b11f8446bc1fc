import HostSystem
import JobBackends

/// Reads the queue's depth and the register of hosts once a second on a thread of its own, so that no request has to.
public final class QueueWatch: Sendable {
  private struct State {
    var latest: QueueDepth?
    var hosts: [HostReport] = []
    var isStopped = false
  }

  private let state = Lock(State())
  private let thread = Lock<NativeThread?>(nil)
  private let backends: APIBackends

  /// A watch that has not begun.
  public init(_ backends: APIBackends) {
    self.backends = backends
  }

  /// The latest reading; nil before the first, and while the queue cannot be read.
  var latest: QueueDepth? { state.withLock { $0.latest } }

  /// What the hosts that are up last said of themselves.
  var hosts: [HostReport] { state.withLock { $0.hosts } }

  /// What they last said of their languages.
  var languages: HostLanguages { HostLanguages(reports: hosts.map(\.languages)) }

  /// Begins to read.
  func start() throws(SystemCallError) {
    let thread = try NativeThread(named: "queue-watch") { [self] in run() }
    self.thread.withLock { $0 = thread }
  }

  /// Stops reading and waits for the thread to end.
  func stop() {
    state.withLock { $0.isStopped = true }
    state.notifyAll()
    thread.withLock { $0.take() }?.join()
  }

  private func run() {
    repeat {
      let depth = try? backends.depth()
      let hosts = backends.hostReports()
      state.withLock { state in
        state.latest = depth
        state.hosts = hosts
      }
    } while state.wait(until: .now + 1_000_000_000, { $0.isStopped ? true : nil }) == nil
  }
}
