/// Where the warm-up of a series ends: the rule of the smallest marginal standard error over batches of five (MSER-5, White
/// 1997).
///
///     minimise over d <= n/2   sum over i > d of (Z_i - mean)^2 / (n - d)^2,   Z the means of five values each
public struct SteadyState: Sendable, Hashable {
  /// Values to leave out at the start, a multiple of five.
  public let truncation: Int
  /// What was minimised; nil for fewer than ten values.
  public let statistic: Double?
  /// The best place was the last one that is allowed, so the series is too short or never became steady.
  public let isDoubtful: Bool

  /// The warm-up of values in the order of time; what is left over by batches of five does not count.
  public init(_ values: [Double]) {
    let batches = (0..<(values.count / 5)).map { batch in
      values[(5 * batch)..<(5 * batch + 5)].reduce(0, +) / 5
    }
    guard batches.count >= 2 else {
      (truncation, statistic, isDoubtful) = (0, nil, true)
      return
    }
    let candidates = (0...(batches.count / 2)).map { ($0, Self.error(batches[$0...])) }
    let best = candidates.min { $0.1 < $1.1 } ?? (0, 0)
    truncation = 5 * best.0
    statistic = best.1
    isDoubtful = best.0 == batches.count / 2
  }

  private static func error(_ batches: ArraySlice<Double>) -> Double {
    let count = Double(batches.count)
    let mean = batches.reduce(0, +) / count
    return batches.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count * count)
  }
}
