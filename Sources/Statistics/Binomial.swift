/// The binomial distribution: how many of `trials` independent trials succeed, each with `probability`.
///
///     P(X = k) = C(n, k) p^k (1 - p)^(n - k)
///
/// Exact to rounding for any n: the ratio of neighbouring terms is summed outwards from the mode, so that nothing
/// overflows and no term smaller than 1e-20 of the largest is visited.
public struct Binomial: Sendable, Hashable {
  /// Trials in all, at least 0.
  public let trials: Int
  /// Chance of each trial, from 0 to 1.
  public let probability: Double

  /// A distribution; traps where there are negative trials or a probability outside 0...1.
  public init(trials: Int, probability: Double) {
    precondition(trials >= 0, "a binomial distribution needs trials >= 0, got \(trials)")
    precondition((0...1).contains(probability), "a probability is from 0 to 1, got \(probability)")
    self.trials = trials
    self.probability = probability
  }

  /// P(X <= k).
  public func atMost(_ k: Int) -> Double {
    if k < 0 { return 0 }
    if k >= trials || probability == 0 { return 1 }
    if probability == 1 { return 0 }
    let terms = relativeTerms()
    var below = 0.0
    var total = 0.0
    for (index, term) in terms.values.enumerated() {
      total += term
      if terms.first + index <= k { below += term }
    }
    return below / total
  }

  /// P(X >= k).
  public func atLeast(_ k: Int) -> Double {
    if k <= 0 { return 1 }
    if k > trials { return 0 }
    // The complement through the mirrored distribution, so that a small tail keeps its digits.
    return Binomial(trials: trials, probability: 1 - probability).atMost(trials - k)
  }

  /// Terms around the mode, each divided by the term at the mode, and the k of the first.
  func relativeTerms() -> (first: Int, values: [Double]) {
    let mode = min(trials, Int(Double(trials + 1) * probability))
    let odds = probability / (1 - probability)
    var lower: [Double] = []
    var term = 1.0
    var k = mode
    while k > 0, term > 1e-20 {
      term *= Double(k) / (Double(trials - k + 1) * odds)
      k -= 1
      lower.append(term)
    }
    var values = Array(lower.reversed())
    let first = mode - lower.count
    values.append(1)
    term = 1
    k = mode
    while k < trials, term > 1e-20 {
      term *= Double(trials - k) * odds / Double(k + 1)
      k += 1
      values.append(term)
    }
    return (first, values)
  }
}
