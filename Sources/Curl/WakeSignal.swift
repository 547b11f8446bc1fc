public import HostSystem

/// What another thread raises to end a loop's wait.
public final class WakeSignal: Sendable {
  private let event: EventDescriptor

  /// A signal that is down.
  public init() throws(SystemCallError) {
    event = try EventDescriptor()
  }

  /// Ends the loop's present or next wait; safe from any thread.
  public func raise() { event.raise() }

  var number: Int32 { event.number }

  func clear() { event.clear() }
}
