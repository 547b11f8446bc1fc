/// Why a search ended before it had seen enough.
public enum SearchEnd: String, Sendable, Hashable, Codable {
  /// Somebody stopped it.
  case interrupted
  /// The next step would have cost more than is left of `max_cost`, or one ended there.
  case maximumCost = "max_cost"
  /// The local stack that it drove has ended.
  case stackLost = "stack_lost"
  /// Too many steps were no measurements.
  case invalid
}
