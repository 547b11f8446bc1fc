import Statistics
import Testing

@Suite struct IntervalTests {
  @Test(
    "order-statistic ranks of the 95 % interval are the published ones",
    arguments: [
      (100, 0.5, 40, 61), (100, 0.9, 84, 96), (1000, 0.99, 983, 997), (50, 0.5, 18, 33),
    ])
  func ranks(count: Int, probability: Double, lower: Int, upper: Int) {
    let interval = OrderStatisticInterval(count: count, probability: probability)
    #expect(interval.lower == lower)
    #expect(interval.upper == upper)
  }

  @Test("the ranks cover what they promise and no rank closer in would", arguments: [20, 37, 100, 1000, 12_345])
  func coverage(count: Int) throws {
    for probability in [0.5, 0.9, 0.95] where PercentileRule.supports(probability, count: count) {
      let interval = OrderStatisticInterval(count: count, probability: probability)
      let binomial = Binomial(trials: count, probability: probability)
      let lower = try #require(interval.lower)
      #expect(binomial.atMost(lower - 1) <= 0.025)
      #expect(binomial.atMost(lower) > 0.025)
      if let upper = interval.upper {
        #expect(binomial.atMost(upper - 1) >= 0.975)
        #expect(binomial.atMost(upper - 2) < 0.975)
      }
    }
  }

  @Test("a sample too small for an end of the interval has none")
  func openEnds() {
    #expect(OrderStatisticInterval(count: 5, probability: 0.5) == OrderStatisticInterval(count: 5, probability: 0.5))
    #expect(OrderStatisticInterval(count: 5, probability: 0.5).lower == nil)
    #expect(OrderStatisticInterval(count: 5, probability: 0.5).upper == nil)
    #expect(OrderStatisticInterval(count: 0, probability: 0.5).lower == nil)
    #expect(OrderStatisticInterval(count: 20, probability: 0.95).upper == nil)
  }

  @Test(
    "binomial tails are exact",
    arguments: [(10, 0.5, 5, 0.623046875), (30, 0.01, 0, 0.7397003733882802), (4, 0.25, 1, 0.73828125)])
  func tails(trials: Int, probability: Double, k: Int, expected: Double) {
    #expect(abs(Binomial(trials: trials, probability: probability).atMost(k) - expected) < 1e-12)
    #expect(abs(Binomial(trials: trials, probability: probability).atLeast(k + 1) - (1 - expected)) < 1e-12)
  }

  @Test("a million trials neither overflow nor lose the middle")
  func large() {
    let half = Binomial(trials: 1_000_000, probability: 0.5).atMost(499_999)
    #expect(half > 0.499 && half < 0.5)
    #expect(Binomial(trials: 1_000_000, probability: 0.001).atLeast(2_000) < 1e-100)
  }

  @Test(
    "Wilson's interval, to four digits",
    arguments: [
      (0, 10, 0.0, 0.2775), (1, 30, 0.0059, 0.1667), (50, 100, 0.4038, 0.5962), (10, 10, 0.7225, 1.0),
      (0, 0, 0.0, 1.0),
    ])
  func wilson(successes: Int, count: Int, lower: Double, upper: Double) {
    let interval = WilsonInterval(successes: successes, count: count)
    #expect(abs(interval.lower - lower) < 5e-5)
    #expect(abs(interval.upper - upper) < 5e-5)
  }
}
