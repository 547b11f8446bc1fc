import Curl
import HostSystem
import Synchronization

/// How other threads reach the loops of a run.
final class RunControl: Sendable {
  private let stopRequests = Atomic(0)
  private let isCutShort = Atomic(false)
  private let reason = Lock<RunEnd?>(nil)
  /// One for each loop.
  let wakeSignals: [WakeSignal]

  init(loops: Int) throws(SystemCallError) {
    var signals: [WakeSignal] = []
    for _ in 0..<loops { signals.append(try WakeSignal()) }
    wakeSignals = signals
  }

  /// Asks the loops to stop: the first time to schedule nothing more, the second time to end at once.
  func requestStop() {
    stopRequests.add(1, ordering: .relaxed)
    wakeAll()
  }

  /// Asks the loops to schedule nothing more, for a reason that the run itself gives; the first one counts.
  func cutShort(_ end: RunEnd) {
    reason.withLock { $0 = $0 ?? end }
    isCutShort.store(true, ordering: .releasing)
    wakeAll()
  }

  /// How often a stop was asked for.
  var stops: Int { stopRequests.load(ordering: .relaxed) }

  /// Why the run has been cut short; nil where it has not.
  var cutReason: RunEnd? { isCutShort.load(ordering: .acquiring) ? reason.withLock { $0 } : nil }

  /// Ends the waits of the loops whose bits are set.
  func wake(_ loops: UInt64) {
    guard loops != 0 else { return }
    for (number, signal) in wakeSignals.enumerated() where loops & 1 << UInt64(number) != 0 { signal.raise() }
  }

  /// Ends every loop's wait.
  func wakeAll() {
    for signal in wakeSignals { signal.raise() }
  }
}
