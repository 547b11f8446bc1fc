import Statistics
import Testing

@Suite struct DifferenceTests {
  @Test(
    "Newcombe's interval of a difference of shares (statsmodels)",
    arguments: [
      (48, 80, 56, 70, 0.05243147240236498, 0.33387265403690614),
      (3, 10, 9, 10, 0.1705227239345029, 0.809017973535488),
      (0, 20, 0, 10, -0.1611251580528194, 0.27753279986288926),
      (970, 1000, 995, 1000, 0.01388439405935807, 0.037826888484874775),
    ])
  func newcombe(first: Int, of m: Int, second: Int, of n: Int, lower: Double, upper: Double) {
    let shift = ProportionShift(baseline: first, of: m, candidate: second, of: n)
    #expect(abs(shift.lower - lower) < 1e-9)
    #expect(abs(shift.upper - upper) < 1e-9)
    #expect(shift.excludesZero == (lower > 0))
  }

  @Test(
    "chi-square tails (SciPy)",
    arguments: [
      (3.84, 1, 0.05004352124870519), (10, 5, 0.07523524614651217), (100, 90, 0.22104023262544467),
      (0.5, 3, 0.9188914116546758),
    ])
  func chiSquare(x: Double, freedom: Int, tail: Double) {
    #expect(abs(ChiSquare(freedom: freedom).survival(x) - tail) < 1e-12)
  }

  @Test("counts of the same shares fit, others do not; empty classes and sides say nothing")
  func homogeneity() {
    #expect(ChiSquare.homogeneity([100, 100, 0], [205, 195, 0]) > 0.5)
    #expect(ChiSquare.homogeneity([100, 100], [150, 50]) < 1e-6)
    #expect(ChiSquare.homogeneity([10, 0], [7, 0]) == 1)
    #expect(ChiSquare.homogeneity([10, 5], [0, 0]) == 1)
    // scipy.stats.chi2_contingency([[16, 18, 16], [14, 12, 32]], correction=False)
    #expect(abs(ChiSquare.homogeneity([16, 18, 16], [14, 12, 32]) - 0.047_179_627_352_8) < 1e-10)
  }

  @Test("groups of runs are compared by Welch (SciPy's interval)")
  func welch() throws {
    let shift = try #require(
      RunShift.shift(baseline: [11.2, 11.9, 11.0, 11.4], candidate: [10.1, 9.8, 10.4], alpha: 0.05))
    #expect(abs(try #require(shift.lower) + 1.9435836814993555) < 1e-9)
    #expect(abs(try #require(shift.upper) + 0.6064163185006453) < 1e-9)
    let pValue = try #require(RunShift.pValue(baseline: [11.2, 11.9, 11.0, 11.4], candidate: [10.1, 9.8, 10.4]))
    #expect(abs(pValue - 0.004_521_696_347_543) < 1e-10)
  }

  @Test("one run a side leaves the variation between runs unknown; one run against several takes theirs")
  func singleRuns() throws {
    let alone = try #require(RunShift.shift(baseline: [10], candidate: [12], alpha: 0.05))
    #expect(alone.value == 2 && alone.lower == nil)
    #expect(RunShift.pValue(baseline: [10], candidate: [12]) == nil)
    let against = try #require(RunShift.shift(baseline: [10], candidate: [12, 12.2, 11.8], alpha: 0.05))
    // 0.2 sqrt(1 + 1/3) t(2)
    #expect(abs(try #require(against.upper) - 2 - 0.2 * 1.154700538 * 4.302652729) < 1e-6)
    let still = try #require(RunShift.shift(baseline: [5, 5], candidate: [6, 6], alpha: 0.05))
    #expect(still.lower == 1 && still.upper == 1)
    #expect(RunShift.shift(baseline: [], candidate: [1], alpha: 0.05) == nil)
  }

  @Test("a tail that grew is found where the middle did not")
  func tail() throws {
    let baseline = (0..<4_000).map { Int64(1_000_000 + $0 * 7_919 % 4_001 * 100) }
    let candidate = baseline.map { $0 > 1_380_000 ? $0 * 2 : $0 }
    let pair = SamplePair(baseline: baseline, candidate: candidate)
    let middle = try #require(HodgesLehmann.shift(pair, alpha: 0.01))
    #expect(ShiftVerdict(middle, margin: 0.05) == .noChange)
    let tail = try #require(QuantileShift.shift(pair, at: 0.99, alpha: 0.01))
    #expect(ShiftVerdict(tail, margin: 0.05) == .regression)
    #expect(QuantileShift.shift(pair, at: 0.9999, alpha: 0.01) == nil)
  }

  @Test("the interval of a quantile's difference holds the truth as often as it says", arguments: [0.5, 0.95])
  func coverage(probability: Double) throws {
    var random = SplitMix64(seed: 11)
    let misses = try (0..<400).count { _ in
      func sample() -> [Int64] { (0..<500).map { _ in Int64(random.index(below: 1_000_000)) } }
      let pair = SamplePair(baseline: sample(), candidate: sample())
      let shift = try #require(QuantileShift.shift(pair, at: probability, alpha: 0.05))
      return shift.excludesZero
    }
    #expect(misses <= 28, "\(misses) of 400")
  }
}
