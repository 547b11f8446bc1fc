/// Whether values of one sample tend to be larger than those of another: the test of Mann and Whitney (1947).
///
/// Exact where both sides have at most fifty values without ties; otherwise the normal approximation with continuity
/// correction and the variance corrected for ties (Lehmann 1975, section 1.4):
///
///     Var U = mn/12 ((N + 1) - sum over ties (t^3 - t) / (N (N - 1))),   N = m + n
///
/// and multiplied by `SamplePair.varianceInflation`.
public struct MannWhitney: Sendable, Hashable {
  /// U: pairs in which the candidate's value is the larger one, ties counted as half.
  public let statistic: Double
  /// Two-sided p-value; 1 where a side is empty.
  public let pValue: Double
  /// Pairs in all.
  public let pairs: Double

  /// The test of a pair.
  public init(_ pair: SamplePair) {
    let (m, n) = (pair.baseline.count, pair.candidate.count)
    pairs = Double(m) * Double(n)
    guard m > 0, n > 0 else {
      (statistic, pValue) = (0, 1)
      return
    }
    let (wins, ties, correction) = Self.count(pair)
    statistic = wins + ties / 2
    let isSmall = max(m, n) <= RankSumDistribution.mostValues
    let isExact = isSmall && correction == 0 && pair.varianceInflation == 1
    pValue = isExact ? Self.exact(statistic, m, n) : Self.normal(statistic, correction, pair)
  }

  /// Vargha and Delaney's A (2000): the chance that a value of the candidate is larger than one of the baseline; 0.5 where
  /// neither tends to be.
  public var superiority: Double { pairs == 0 ? 0.5 : statistic / pairs }

  /// Cliff's delta (1993): the chance of larger minus the chance of smaller, from -1 to 1.
  public var delta: Double { 2 * superiority - 1 }

  /// How large the effect is said to be, by |delta| (Romano and others 2006): negligible, small, medium or large.
  public var magnitude: String {
    switch abs(delta) {
    case ..<0.147: "negligible"
    case ..<0.33: "small"
    case ..<0.474: "medium"
    default: "large"
    }
  }

  /// Pairs won by the candidate, pairs tied, and the sum of t^3 - t over values that occur t times in both together.
  private static func count(_ pair: SamplePair) -> (wins: Double, ties: Double, correction: Double) {
    let (a, b) = (pair.baseline, pair.candidate)
    var (i, j) = (0, 0)
    var (wins, ties, correction) = (0.0, 0.0, 0.0)
    while i < a.count || j < b.count {
      let value = min(i < a.count ? a[i] : .max, j < b.count ? b[j] : .max)
      let (firstA, firstB) = (i, j)
      while i < a.count, a[i] == value { i += 1 }
      while j < b.count, b[j] == value { j += 1 }
      let (inA, inB) = (Double(i - firstA), Double(j - firstB))
      wins += inB * Double(firstA)
      ties += inA * inB
      let all = inA + inB
      correction += all * all * all - all
    }
    return (wins, ties, correction)
  }

  private static func exact(_ statistic: Double, _ m: Int, _ n: Int) -> Double {
    let distribution = RankSumDistribution(m, n)
    let u = Int(statistic)
    return min(1, 2 * min(distribution.atMost(u), distribution.atMost(m * n - u)))
  }

  private static func normal(_ statistic: Double, _ correction: Double, _ pair: SamplePair) -> Double {
    let (m, n) = (Double(pair.baseline.count), Double(pair.candidate.count))
    let all = m + n
    let variance = m * n / 12 * (all + 1 - correction / (all * (all - 1))) * pair.varianceInflation
    guard variance > 0 else { return 1 }
    let distance = max(0, abs(statistic - m * n / 2) - 0.5)
    return StandardNormal.twoSided(distance / variance.squareRoot())
  }
}
