import Curl
import HostSystem
import Synchronization

/// How other threads reach a running loop.
final class RunControl: Sendable {
  private let stopRequests = Atomic(0)
  let wakeSignal: WakeSignal

  init() throws(SystemCallError) {
    wakeSignal = try WakeSignal()
  }

  /// Asks the loop to stop: the first time to schedule nothing more, the second time to end at once.
  func requestStop() {
    stopRequests.add(1, ordering: .relaxed)
    wakeSignal.raise()
  }

  /// How often a stop was asked for.
  var stops: Int { stopRequests.load(ordering: .relaxed) }
}
