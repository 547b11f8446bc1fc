import Statistics

/// A sample as a line over an axis of nines: five points to each halving of what is left, as HdrHistogram prints them.
enum PercentileCurve {
  /// Probabilities from 0 up to the highest that so many values support (n(1-p) >= 10).
  static func probabilities(count: Int) -> [Double] {
    var all: Set<Double> = [0]
    var left = 1.0
    while PercentileRule.supports(1 - left / 2, count: count) {
      for step in 1...5 { all.insert(1 - left * (1 - Double(step) / 10)) }
      left /= 2
    }
    return (all.sorted() + PercentileRule.printed).filter { PercentileRule.supports($0, count: count) }.sorted()
  }

  /// Probability and nanoseconds; ends where the curve falls on jobs that never finished.
  static func points(_ sample: Sample) -> [(probability: Double, nanoseconds: Int64)] {
    guard let least = sample.minimum else { return [] }
    let known = probabilities(count: sample.count).map { probability in
      (probability, probability == 0 ? least : sample.quantile(probability).exact)
    }
    return known.prefix { $0.1 != nil }.map { ($0.0, $0.1 ?? 0) }
  }
}
