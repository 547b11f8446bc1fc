import Statistics

/// A limit on how many of a few may be bad, for runs too small to hold the percentage itself.
///
/// Of 30 jobs one alone is 3 %, which says little about 1 %. So the count is judged by how surprising it would be if the
/// true share were just the limit: suspect below 5 % chance, invalid below 1 %.
struct CountedLimit {
  var bad: Int
  var count: Int
  var share: Double

  /// P(at least `bad` of `count`) where each is bad with probability `share`.
  var chance: Double { bad == 0 ? 1 : Binomial(trials: count, probability: share).atLeast(bad) }

  func isExceeded(asInvalid: Bool) -> Bool {
    Double(bad) > share * Double(count) && chance < (asInvalid ? 0.01 : 0.05)
  }
}
