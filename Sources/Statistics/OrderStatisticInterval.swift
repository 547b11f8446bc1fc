/// The ranks between which a quantile lies with the asked confidence, whatever the distribution is.
///
/// The number of values below the true p-quantile is binomial(n, p), so [x(lower), x(upper)] covers it with probability
/// P(lower <= B <= upper - 1). Ranks are 1-based: x(1) is the smallest. Each tail misses at most half of what confidence
/// leaves. (Le Boudec, "Performance Evaluation of Computer and Communication Systems", theorem 2.1.)
public struct OrderStatisticInterval: Sendable, Hashable {
  /// Rank of the lower end; nil where the sample is too small for a lower end.
  public let lower: Int?
  /// Rank of the upper end; nil where the sample is too small for an upper end.
  public let upper: Int?

  /// The ranks for the quantile `probability` of `count` values.
  public init(count: Int, probability: Double, confidence: Double = 0.95) {
    precondition(probability > 0 && probability < 1, "a quantile is between 0 and 1, got \(probability)")
    guard count > 0 else {
      lower = nil
      upper = nil
      return
    }
    let tail = (1 - confidence) / 2
    let terms = Binomial(trials: count, probability: probability).relativeTerms()
    let total = terms.values.reduce(0, +)
    var cumulative = 0.0
    var lower = terms.first
    var upper = count + 1
    for (index, term) in terms.values.enumerated() {
      cumulative += term / total
      let k = terms.first + index
      if cumulative <= tail { lower = k + 1 }
      if cumulative >= 1 - tail {
        upper = k + 1
        break
      }
    }
    self.lower = lower >= 1 ? lower : nil
    self.upper = upper <= count ? upper : nil
  }
}
