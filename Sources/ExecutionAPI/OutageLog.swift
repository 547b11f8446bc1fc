import HostSystem
import JobBackends
import Logging

/// Logs when the backends fail and when they work again, and not each of the thousand failures in between.
final class OutageLog: Sendable {
  private let log: Logger
  private let isDown = Lock(false)

  init(_ log: Logger) {
    self.log = log
  }

  func succeeded() {
    guard change(to: false) else { return }
    log.notice("queue and store answer again")
  }

  func failed(_ error: BackendError) {
    guard error.kind == .unavailable else {
      return log.error("a backend answered wrongly", metadata: ["reason": "\(error.description)"])
    }
    guard change(to: true) else { return }
    log.error("queue or store cannot be reached", metadata: ["reason": "\(error.description)"])
  }

  private func change(to value: Bool) -> Bool {
    isDown.withLock { isDown in
      defer { isDown = value }
      return isDown != value
    }
  }
}
