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

  /// One point with its 95 % interval, in nanoseconds.
  struct Point {
    var probability: Double
    var nanoseconds: Int64
    var interval: ClosedRange<Int64>?
  }

  /// The curve; it ends where it falls on jobs that never finished.
  static func points(_ sample: Sample) -> [Point] {
    guard let least = sample.minimum else { return [] }
    var points: [Point] = []
    for probability in probabilities(count: sample.count) {
      guard probability > 0 else {
        points.append(Point(probability: 0, nanoseconds: least))
        continue
      }
      let estimate = sample.quantile(probability)
      guard let value = estimate.exact else { break }
      let interval = estimate.lower.flatMap { lower in estimate.upper.map { lower...max(lower, $0) } }
      points.append(Point(probability: probability, nanoseconds: value, interval: interval))
    }
    return points
  }
}
