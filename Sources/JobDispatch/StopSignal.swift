import HostSystem

/// A wish to stop that wakes whoever pauses.
public final class StopSignal: Sendable {
  private let raised = Lock(false)

  /// A signal that is down.
  public init() {}

  /// Whether somebody wants a stop.
  public var isRaised: Bool { raised.withLock { $0 } }

  /// Asks for a stop; it cannot be taken back.
  public func raise() {
    raised.withLock { $0 = true }
    raised.notifyAll()
  }

  /// Pauses, but not beyond the signal; true where it is raised.
  public func pause(_ duration: Duration) -> Bool {
    let nanoseconds = duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000
    return raised.wait(until: .now + nanoseconds) { $0 ? true : nil } ?? false
  }
}
