import RunRecords
import Statistics

/// Shifts as people read them, in one way everywhere.
enum ShiftText {
  /// `+47.1 ms`, `-3.20 ms`.
  static func duration(_ nanoseconds: Double) -> String {
    (nanoseconds > 0 ? "+" : "") + QuantityText.duration(nanoseconds: nanoseconds)
  }

  /// `+11.5 %`; empty where the baseline has no share.
  static func share(_ share: Double?) -> String {
    guard let share else { return "" }
    return (share > 0 ? "+" : "") + QuantityText.percent(share)
  }

  /// `+40.0 ms – +56.1 ms`, or `unknown`.
  static func interval(_ shift: ShiftEstimate) -> String {
    guard let lower = shift.lower, let upper = shift.upper else { return "unknown" }
    return "\(duration(lower)) – \(duration(upper))"
  }

  /// `+9.7 % – +13.6 %`; empty where there is none.
  static func shareInterval(_ shift: ShiftEstimate) -> String {
    guard let lower = shift.share(shift.lower), let upper = shift.share(shift.upper) else { return "" }
    return "\(share(lower)) – \(share(upper))"
  }

  /// A side's value: a quantile over its jobs, or the mean of those of its runs with their ends.
  static func side(_ side: SeriesShift.Side) -> String {
    guard side.byRun.count > 1, let low = side.byRun.min(), let high = side.byRun.max() else {
      let known = EstimateText.value(side.estimate)
      // Too few jobs to print a percentile of, and still the middle of those that there are.
      guard side.estimate.value == .notAvailable, let middle = side.byRun.first else { return known }
      return "\(QuantityText.duration(nanoseconds: middle)) (n=\(side.count))"
    }
    let mean = side.byRun.reduce(0, +) / Double(side.byRun.count)
    return "\(QuantityText.duration(nanoseconds: mean)) (\(QuantityText.duration(nanoseconds: low)) – "
      + "\(QuantityText.duration(nanoseconds: high)))"
  }

  /// `p = 0.012`, `p < 0.0001`.
  static func chance(_ pValue: Double?) -> String {
    guard let pValue else { return "" }
    return pValue < 0.0001 ? "p < 0.0001" : "p = \(QuantityText.fixed(pValue, decimals: pValue < 0.1 ? 4 : 2))"
  }

  /// Percentage points: `+1.2 pp`.
  static func points(_ difference: Double) -> String {
    (difference > 0 ? "+" : "") + "\(QuantityText.fixed(difference * 100, decimals: 2)) pp"
  }

  /// `+0.30 pp – +1.90 pp`.
  static func pointInterval(_ shift: ProportionShift) -> String { "\(points(shift.lower)) – \(points(shift.upper))" }
}

extension ShiftVerdict {
  /// The sign beside the word, so that colour is never the only difference.
  var sign: String {
    switch self {
    case .regression: "✕"
    case .improvement: "✓"
    case .noChange: "="
    case .inconclusive: "?"
    }
  }
}
