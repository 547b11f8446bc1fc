import Glibc
import HostSystem

/// Keeps stocks filled, from a thread of its own that lives as long as what it starts.
///
/// It starts one thing after the other, so that filling up takes one processor at most, and gives up a stock that fails
/// three times in a row: a job then starts cold, as without it.
final class WarmKeeper: Sendable {
  private struct State {
    var isWanted = true
    var isStopping = false
    var hasStopped = false
  }

  private let state = Lock(State())
  private let stocks: [any WarmStock]

  /// Starts the thread and returns at once.
  init(_ stocks: [any WarmStock], report: @escaping @Sendable (String) -> Void) throws(SystemCallError) {
    self.stocks = stocks
    // The thread holds the parts and not the keeper, whose end is what ends it.
    _ = try NativeThread(named: "warm") { [state, stocks] in
      var failures = [Int](repeating: 0, count: stocks.count)
      while Self.waitForWork(state) {
        for (index, stock) in stocks.enumerated() {
          Self.fill(stock, &failures[index], state, report)
        }
      }
      for stock in stocks { stock.stop() }
      state.withLock { $0.hasStopped = true }
      state.notifyAll()
    }
  }

  /// Lets the thread look for what is missing; to be called when there is time for it.
  func wake() {
    state.withLock { $0.isWanted = true }
    state.notifyAll()
  }

  /// Ends everything, and waits up to a second for that: something may just be booting.
  func stop() {
    state.withLock { $0.isStopping = true }
    state.notifyAll()
    _ = state.wait(until: .now + 1_000_000_000) { $0.hasStopped ? true : nil }
  }

  private static func waitForWork(_ state: Lock<State>) -> Bool {
    state.wait { state -> Bool? in
      if state.isStopping { return false }
      guard state.isWanted else { return nil }
      state.isWanted = false
      return true
    } ?? false
  }

  private static let mostFailures = 3

  private static func fill(
    _ stock: any WarmStock, _ failures: inout Int, _ state: Lock<State>, _ report: (String) -> Void
  ) {
    while stock.isShort && failures < mostFailures && !state.withLock({ $0.isStopping }) {
      do {
        try stock.startOne()
        failures = 0
      } catch {
        failures += 1
        let rest = failures == mostFailures ? "; not tried again" : ""
        report("no \(stock.name) is ready ahead (\(error))\(rest)")
      }
    }
  }

  deinit {
    state.withLock { $0.isStopping = true }
    state.notifyAll()
  }
}
