/// The difference between the same quantile of two samples, where a shift of the middle says nothing: in the tail.
///
/// Each side has its exact interval from order statistics, at ranks for its independent values (n / tau); the interval of
/// the difference is put together from the distances of both (MOVER, Zou and Donner 2008):
///
///     d - sqrt((q2 - l2)^2 + (u1 - q1)^2)   to   d + sqrt((u2 - q2)^2 + (q1 - l1)^2)
public enum QuantileShift {
  /// The shift of the quantile `probability`; nil where a side has fewer than ten values beyond it.
  public static func shift(_ pair: SamplePair, at probability: Double, alpha: Double) -> ShiftEstimate? {
    precondition(alpha > 0 && alpha < 0.5, "alpha is between 0 and 0.5, got \(alpha)")
    guard PercentileRule.supports(probability, count: pair.baseline.count),
      PercentileRule.supports(probability, count: pair.candidate.count)
    else { return nil }
    let baseline = Side(sorted: pair.baseline, time: pair.baselineTime, probability: probability)
    let candidate = Side(sorted: pair.candidate, time: pair.candidateTime, probability: probability)
    let value = candidate.value - baseline.value
    let interval = interval(baseline, candidate, alpha: alpha)
    let z = StandardNormal.quantile(1 - alpha / 2)
    return ShiftEstimate(
      value: value, interval: interval, equivalence: Self.interval(baseline, candidate, alpha: 2 * alpha),
      standardError: interval.map { ($0.upperBound - $0.lowerBound) / (2 * z) }, reference: baseline.value,
      alpha: alpha)
  }

  private static func interval(_ baseline: Side, _ candidate: Side, alpha: Double) -> ClosedRange<Double>? {
    guard let first = baseline.interval(alpha: alpha), let second = candidate.interval(alpha: alpha) else { return nil }
    func reach(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    let value = candidate.value - baseline.value
    let below = reach(candidate.value - second.lowerBound, first.upperBound - baseline.value)
    let above = reach(second.upperBound - candidate.value, baseline.value - first.lowerBound)
    return (value - below)...(value + above)
  }

  private struct Side {
    let sorted: [Int64]
    let time: Double
    let probability: Double

    var value: Double { at(Double(sorted.count) * probability - 1e-9) }

    func interval(alpha: Double) -> ClosedRange<Double>? {
      let independent = max(1, Int(Double(sorted.count) / time))
      let ranks = OrderStatisticInterval(count: independent, probability: probability, confidence: 1 - alpha)
      guard let lower = ranks.lower, let upper = ranks.upper else { return nil }
      let scale = Double(sorted.count) / Double(independent)
      // Outwards, so that a rank between two values leaves neither out.
      return min(value, at((Double(lower) - 1) * scale + 1, .down))...max(value, at(Double(upper) * scale))
    }

    private func at(_ rank: Double, _ rule: FloatingPointRoundingRule = .up) -> Double {
      Double(sorted[min(sorted.count, max(1, Int(rank.rounded(rule)))) - 1])
    }
  }
}
