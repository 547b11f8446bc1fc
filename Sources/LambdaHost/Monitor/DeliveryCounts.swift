import HostSystem
public import JobDispatch

/// How many messages came to which end.
public final class DeliveryCounts: Sendable {
  private let state = Lock<[String: Int]>([:])

  /// Nothing counted yet.
  public init() {}

  /// Counts a message.
  public func add(_ outcome: DispatchOutcome) {
    state.withLock { $0[outcome.label, default: 0] += 1 }
  }

  /// Counts by label.
  public var counts: [String: Int] { state.withLock { $0 } }
}
