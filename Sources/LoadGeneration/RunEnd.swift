import Statistics

/// Why a run ended.
public enum RunEnd: Sendable, Equatable {
  /// Everything that was planned was done.
  case completed
  /// Somebody asked for it.
  case interrupted
  /// A threshold with `abort` came true; its text.
  case aborted(String)
  /// The run has cost as much as it may, in dollars.
  case costLimit(Double)

  /// The sentence for the report; nil where the run was completed.
  public var reason: String? {
    switch self {
    case .completed: nil
    case .interrupted: "interrupted"
    case .aborted(let text): "aborted by the threshold \(text)"
    case .costLimit(let dollars): "stopped by max_cost: $\(QuantityText.number(dollars)) spent"
    }
  }
}
