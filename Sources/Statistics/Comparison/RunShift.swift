/// The difference between two groups of runs, each run one value: its median, its p95, whatever is compared.
///
/// Jobs of one run share the run's luck (a neighbour on the machine, a warm cache), so the error that matters is the one
/// between runs. The interval is Welch's (1947), with Satterthwaite's degrees of freedom:
///
///     d +- t sqrt(s1^2 / k1 + s2^2 / k2)
///
/// Where one side is a single run, its variation is taken to be the other side's; where both are, nothing is known and there
/// is no interval.
public enum RunShift {
  /// The shift between the means of two groups, its reference the baseline's; nil where a group is empty.
  public static func shift(baseline: [Double], candidate: [Double], alpha: Double) -> ShiftEstimate? {
    precondition(alpha > 0 && alpha < 0.5, "alpha is between 0 and 0.5, got \(alpha)")
    guard !baseline.isEmpty, !candidate.isEmpty else { return nil }
    let reference = mean(baseline)
    let value = mean(candidate) - reference
    guard let error = error(baseline, candidate) else {
      return ShiftEstimate(
        value: value, interval: nil, equivalence: nil, standardError: nil, reference: reference, alpha: alpha)
    }
    func interval(_ tail: Double) -> ClosedRange<Double> {
      let reach = error.freedom.isInfinite ? 0 : StudentT(freedom: error.freedom).quantile(1 - tail) * error.standard
      return (value - reach)...(value + reach)
    }
    return ShiftEstimate(
      value: value, interval: interval(alpha / 2), equivalence: interval(alpha), standardError: error.standard,
      reference: reference, alpha: alpha)
  }

  /// Two-sided p-value of no difference between the groups; nil where nothing is known of the variation.
  public static func pValue(baseline: [Double], candidate: [Double]) -> Double? {
    guard !baseline.isEmpty, !candidate.isEmpty, let error = error(baseline, candidate) else { return nil }
    let distance = abs(mean(candidate) - mean(baseline))
    if error.freedom.isInfinite { return distance == 0 ? 1 : 0 }
    return 2 * StudentT(freedom: error.freedom).cumulative(-distance / error.standard)
  }

  /// The standard error of the difference and its degrees of freedom, infinite where runs do not differ at all.
  private static func error(_ baseline: [Double], _ candidate: [Double]) -> (standard: Double, freedom: Double)? {
    let (first, second) = (variance(baseline), variance(candidate))
    guard let known = first ?? second else { return nil }
    let (k1, k2) = (Double(baseline.count), Double(candidate.count))
    let (part1, part2) = ((first ?? known) / k1, (second ?? known) / k2)
    let sum = part1 + part2
    guard sum > 0 else { return (0, .infinity) }
    guard first != nil, second != nil else { return (sum.squareRoot(), max(k1, k2) - 1) }
    let freedom = sum * sum / (part1 * part1 / (k1 - 1) + part2 * part2 / (k2 - 1))
    return (sum.squareRoot(), freedom)
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private static func variance(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let mean = mean(values)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }
}
