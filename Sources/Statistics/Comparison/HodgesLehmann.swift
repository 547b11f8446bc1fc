/// The shift between two samples: the median of all pairwise differences, with the interval of Hodges and Lehmann (1963).
///
/// The interval is the set of shifts that Mann and Whitney's test does not reject, so it needs no distribution: its ends
/// are differences of the ranks C and mn + 1 - C, where C is exact for up to fifty values on a side and otherwise
///
///     C = floor(mn/2 - z sqrt(mn (m + n + 1) / 12 inflation))
///
/// (Lehmann 1975, section 2.6; Hollander and Wolfe 1999, section 4.3). It is of a shift: where the candidate differs in shape
/// as well, it is of the typical difference between one job of each.
public enum HodgesLehmann {
  /// The shift of a pair, its reference the baseline's median; nil where a side is empty, a trap outside 0 < alpha < 0.5.
  public static func shift(_ pair: SamplePair, alpha: Double) -> ShiftEstimate? {
    precondition(alpha > 0 && alpha < 0.5, "alpha is between 0 and 0.5, got \(alpha)")
    guard !pair.isEmpty else { return nil }
    var differences = PairwiseDifferences(pair)
    let interval = interval(pair, &differences, tail: alpha / 2)
    let z = StandardNormal.quantile(1 - alpha / 2)
    return ShiftEstimate(
      value: differences.median(), interval: interval,
      equivalence: Self.interval(pair, &differences, tail: alpha),
      standardError: interval.map { ($0.upperBound - $0.lowerBound) / (2 * z) },
      reference: median(pair.baseline), alpha: alpha)
  }

  private static func interval(
    _ pair: SamplePair, _ differences: inout PairwiseDifferences, tail: Double
  ) -> ClosedRange<Double>? {
    let rank = lowerRank(pair, tail: tail)
    guard rank >= 1 else { return nil }
    let lower = differences.value(atRank: rank)
    return Double(lower)...Double(differences.value(atRank: differences.count + 1 - rank))
  }

  /// C; below 1 where the samples are too small for an interval.
  private static func lowerRank(_ pair: SamplePair, tail: Double) -> Int {
    let (m, n) = (pair.baseline.count, pair.candidate.count)
    if max(m, n) <= RankSumDistribution.mostValues, pair.varianceInflation == 1 {
      return RankSumDistribution(m, n).quantile(tail)
    }
    let variance = Double(m) * Double(n) * Double(m + n + 1) / 12 * pair.varianceInflation
    let half = Double(m) * Double(n) / 2
    return Int((half - StandardNormal.quantile(1 - tail) * variance.squareRoot()).rounded(.down))
  }

  private static func median(_ sorted: [Int64]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? Double(sorted[middle]) : (Double(sorted[middle - 1]) + Double(sorted[middle])) / 2
  }
}
