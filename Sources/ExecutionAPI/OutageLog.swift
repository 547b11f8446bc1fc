import HostSystem
import JobBackends
import Logging

/// Logs when a backend fails and when it works again, and not each of the thousand failures in between.
final class OutageLog: Sendable {
  /// What the log calls the backend.
  let subject: String
  private let log: Logger
  private let isDown = Lock(false)

  init(_ subject: String, _ log: Logger) {
    self.subject = subject
    self.log = log
  }

  func succeeded() {
    guard change(to: false) else { return }
    log.notice("\(subject) answers again")
  }

  func failed(_ error: BackendError) {
    guard error.kind == .unavailable else {
      return log.error("\(subject) did not answer as expected", metadata: ["reason": "\(error.description)"])
    }
    guard change(to: true) else { return }
    log.error("\(subject) cannot be reached", metadata: ["reason": "\(error.description)"])
  }

  private func change(to value: Bool) -> Bool {
    isDown.withLock { isDown in
      defer { isDown = value }
      return isDown != value
    }
  }
}
