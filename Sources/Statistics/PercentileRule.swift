/// When a percentile may be printed: only where at least ten values are expected beyond it.
///
///     n (1 - p) >= 10
public enum PercentileRule {
  /// The percentiles that a report prints, as probabilities.
  public static let printed: [Double] = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999]

  /// Whether `count` values support the quantile `probability`.
  public static func supports(_ probability: Double, count: Int) -> Bool {
    // The slack keeps n = 1000 at p99 from failing on the last bit of 1 - 0.99.
    Double(count) * (1 - probability) >= 10 - 1e-9
  }

  /// The fewest values that support the quantile `probability`.
  public static func needed(for probability: Double) -> Int {
    Int((10 / (1 - probability) - 1e-6).rounded(.up))
  }

  /// The name that people use: 0.5 is `p50`, 0.999 is `p99.9`.
  public static func name(_ probability: Double) -> String {
    let percent = (probability * 1_000_000).rounded() / 10_000
    return percent == percent.rounded() ? "p\(Int(percent))" : "p\(percent)"
  }
}
