import Glibc
import Statistics
import Testing

/// Expected values are those of SciPy 1.17.
@Suite struct DistributionTests {
  @Test(
    "quantiles of the normal distribution",
    arguments: [
      (0.5, 0), (0.975, 1.959963984540054), (0.995, 2.5758293035489004), (0.9999, 3.719016485455709),
      (1e-10, -6.361340902404056), (0.02, -2.053748910631823),
    ])
  func normal(probability: Double, z: Double) {
    #expect(abs(StandardNormal.quantile(probability) - z) < 1e-12)
    #expect(abs(StandardNormal.cumulative(z) - probability) < 1e-14)
  }

  @Test(
    "quantiles of Student's t",
    arguments: [
      (0.975, 1, 12.706204736174694), (0.975, 2, 4.302652729749462), (0.975, 4.5, 2.6589123472044034),
      (0.995, 10, 3.16927267261695), (0.9, 30, 1.3104150253913955), (0.999, 3, 10.214531852407383), (0.5, 7, 0),
    ])
  func student(probability: Double, freedom: Double, t: Double) {
    #expect(abs(StudentT(freedom: freedom).quantile(probability) - t) < 1e-10)
  }

  @Test(
    "Student's distribution function",
    arguments: [
      (2.0, 5, 0.9490302605850708), (0.3, 2.5, 0.6063288142524014), (-1.5, 10, 0.08225366322272007),
    ])
  func studentCumulative(t: Double, freedom: Double, probability: Double) {
    #expect(abs(StudentT(freedom: freedom).cumulative(t) - probability) < 1e-13)
  }

  @Test("Kolmogorov and Smirnov's statistic, and its p-value near the exact one")
  func kolmogorov() {
    let uniform = KolmogorovSmirnov([0.02, 0.11, 0.19, 0.31, 0.33, 0.48, 0.57, 0.61, 0.88, 0.97]) { $0 }
    #expect(abs(uniform.statistic - 0.19) < 1e-12)
    #expect(abs(uniform.pValue - 0.7994599807966072) < 0.03)
    let exponential = KolmogorovSmirnov.exponential([0.05, 0.1, 0.9, 1.4, 2.2, 0.3, 0.7, 3.1], mean: 1)
    #expect(abs(exponential.statistic - 0.15483741803595957) < 1e-12)
    #expect(KolmogorovSmirnov([]) { $0 }.pValue == 1)
  }

  /// n values at (i - 0.5) / n + d - 0.5 / n have exactly the difference d from the uniform distribution.
  @Test(
    "the p-value of a difference",
    arguments: [
      (10, 0.3, 0.27053557479999946), (20, 0.25, 0.13762569836717486), (50, 0.15, 0.19026366518248072),
      (100, 0.1, 0.2526927570063874), (1000, 0.04, 0.07933956059000224), (10_000, 0.0136, 0.04903580807632146),
    ])
  func kolmogorovTail(count: Int, difference: Double, pValue: Double) {
    let values = (0..<count).map { Double($0) / Double(count) + difference }
    let test = KolmogorovSmirnov(values) { min(1, $0) }
    #expect(abs(test.statistic - difference) < 1e-9)
    #expect(abs(test.pValue - pValue) < 0.005)
  }

  @Test("samples of the distribution pass, samples of another do not")
  func decides() {
    var random = SplitMix64(seed: 5)
    let gaps = (0..<10_000).map { _ in -log(1 - random.unit()) }
    #expect(KolmogorovSmirnov.exponential(gaps, mean: 1).pValue > 0.01)
    #expect(KolmogorovSmirnov.exponential(gaps, mean: 1.1).pValue < 1e-6)
  }
}
