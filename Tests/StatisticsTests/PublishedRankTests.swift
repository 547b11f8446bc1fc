import Statistics
import Testing

/// Ranks of order statistics around a percentile, as published.
@Suite struct PublishedRankTests {
  @Test(
    "the 95 % interval of a percentile has these ranks",
    arguments: [
      (50, 0.5, 18, 33), (100, 0.5, 40, 61), (100, 0.9, 84, 96), (100, 0.95, 90, 100), (200, 0.95, 184, 197),
      (1_000, 0.5, 469, 532), (1_000, 0.95, 936, 964), (1_000, 0.99, 983, 997), (3_000, 0.99, 2_959, 2_981),
      (10_000, 0.99, 9_880, 9_920),
    ])
  func ranks(count: Int, probability: Double, lower: Int, upper: Int) {
    let interval = OrderStatisticInterval(count: count, probability: probability)
    #expect(interval.lower == lower && interval.upper == upper)
  }

  @Test(
    "it has both ends from so many values on, and not from one fewer",
    arguments: [(0.5, 6), (0.9, 36), (0.95, 72), (0.99, 368), (0.999, 3_688)])
  func fewest(probability: Double, count: Int) {
    func hasBothEnds(_ count: Int) -> Bool {
      let interval = OrderStatisticInterval(count: count, probability: probability)
      return interval.lower != nil && interval.upper != nil
    }
    #expect(hasBothEnds(count) && !hasBothEnds(count - 1))
  }

  // An implementation of SeBS takes the ranks for positions from 0, which are one too high, and ends beyond the data.
  @Test("ranks count from 1: with values equal to their ranks the interval is the ranks, and few values do not crash")
  func positions() {
    var collector = SampleCollector()
    for value in 1...50 { collector.add(Int64(value)) }
    let median = collector.sample.quantile(0.5)
    #expect(median.lower == 18 && median.upper == 33)
    #expect(OrderStatisticInterval(count: 5, probability: 0.5).lower == nil)
  }
}
