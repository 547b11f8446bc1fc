import RunRecords
import SelfTest
import Statistics
import Testing

/// Each case judged on figures that are made up: right ones pass, and every wrong one is found.
@Suite struct JudgementTests {
  private func estimate(_ probability: Double, _ value: Double, within share: Double = 0.001)
    -> QuantileEstimate
  {
    QuantileEstimate(
      probability: probability, count: 10_000, value: .exactly(Int64(value)),
      lower: Int64(value * (1 - share)),
      upper: Int64(value * (1 + share)))
  }

  // MARK: Freeze

  private let freeze = FreezeCase().latencies

  private func freezePasses(_ p90: Double, _ p95: Double, _ p99: Double, _ maximum: Double?) -> Bool {
    let quantiles = [(0.5, 0.001), (0.9, p90), (0.95, p95), (0.99, p99)].map {
      estimate($0.0, $0.1 * 1e9)
    }
    let figures = FreezeCase.figures(
      truth: freeze, quantiles: quantiles, maximum: maximum.map { Int64($0 * 1e9) })
    return figures.count == 4 && figures.allSatisfy(\.passed)
  }

  @Test("the freeze's truth is p90 4.0, p95 6.0, p99 7.6 and max 8.0 s")
  func freezeTruth() {
    #expect(freeze.count == 8_000)
    #expect(freezePasses(4.0, 6.0, 7.6, 8.0))
  }

  @Test(
    "figures of tools that suffer from coordinated omission are wrong, and so is one of them alone",
    arguments: [
      (0.0011, 0.0012, 0.042, 8.0), (4.13, 6.0, 7.6, 8.0), (4.0, 5.81, 7.6, 8.0),
      (4.0, 6.0, 7.36, 8.0),
      (4.0, 6.0, 7.6, 8.3), (4.0, 6.0, 7.6, 7.7),
    ])
  func freezeWrong(p90: Double, p95: Double, p99: Double, maximum: Double) {
    #expect(!freezePasses(p90, p95, p99, maximum))
  }

  @Test("3 % is allowed, a missing figure is not")
  func freezeTolerance() {
    #expect(freezePasses(4.11, 5.83, 7.81, 8.22))
    #expect(!freezePasses(4.0, 6.0, 7.6, nil))
    let missing = QuantileEstimate(probability: 0.99, count: 10, value: .notAvailable)
    #expect(
      FreezeCase.figures(truth: freeze, quantiles: [missing], maximum: 8_000_000_000).contains {
        !$0.passed
      })
  }

  @Test("a platform that froze for too short or too long a time is no test")
  func frozen() {
    func passes(_ factor: Double) -> Bool {
      FreezeCase.frozenFigures(computed: freeze, truth: freeze.map { Int64(Double($0) * factor) }).allSatisfy(\.passed)
    }
    #expect(passes(1) && passes(1.1))
    #expect(!passes(0.9) && !passes(1.2))
    #expect(FreezeCase.frozenFigures(computed: freeze, truth: []).allSatisfy { !$0.passed })
  }

  @Test("a run that could not keep its plan must not call itself fine")
  func capped() {
    func passes(_ levels: [ValidityLevel]) -> Bool {
      var validity = Validity(RunReading(info: .made, records: []))
      validity.checks = levels.map {
        ValidityCheck(key: "k", name: "n", measured: nil, limit: "", level: $0, sentence: "")
      }
      return FreezeCase.cappedFigures(validity).allSatisfy(\.passed)
    }
    #expect(passes([.ok, .invalid]))
    #expect(!passes([.ok, .suspect]))
    #expect(!passes([.ok]))
  }

  // MARK: Distributions

  private func distributionPasses(_ measured: [QuantileEstimate], jobs: Int = 1_000) -> Bool {
    DistributionCase.figures(
      truth: (1...1_000).map { Int64($0) * 1_000 }, quantiles: measured, jobs: jobs
    )
    .allSatisfy(\.passed)
  }

  @Test("a quantile passes within 1 %, or with the truth in its interval")
  func distribution() {
    #expect(distributionPasses([estimate(0.5, 500_000), estimate(0.9, 900_000)]))
    #expect(distributionPasses([estimate(0.5, 504_900)]))
    #expect(distributionPasses([estimate(0.5, 540_000, within: 0.1)]))
    #expect(!distributionPasses([estimate(0.5, 505_100)]))
    #expect(!distributionPasses([estimate(0.5, 494_900)]))
    #expect(!distributionPasses([estimate(0.5, 500_000), estimate(0.9, 950_000)]))
  }

  @Test("a job that is missing is found, and so is a truth that is missing")
  func distributionCount() {
    #expect(!distributionPasses([estimate(0.5, 500_000)], jobs: 1_001))
    #expect(
      DistributionCase.figures(truth: [], quantiles: [estimate(0.5, 1)], jobs: 0).contains {
        !$0.passed
      })
  }

  // MARK: Arrivals

  private func pacingPasses(_ gaps: [Int64]) -> Bool {
    PacingCase.figures(gaps: gaps, nominal: 1_000_000).allSatisfy(\.passed)
  }

  @Test("pacing allows one gap in twenty to be uneven and one in fifty to be a burst")
  func pacing() {
    func gaps(uneven: Int, bursts: Int) -> [Int64] {
      (0..<1_000).map { $0 < uneven ? 1_251_000 : $0 < uneven + bursts ? 99_000 : 750_000 }
    }
    #expect(pacingPasses(gaps(uneven: 50, bursts: 0)))
    #expect(!pacingPasses(gaps(uneven: 51, bursts: 0)))
    #expect(pacingPasses(gaps(uneven: 0, bursts: 20)))
    #expect(!pacingPasses(gaps(uneven: 0, bursts: 21)))
    #expect(!pacingPasses([]))
  }

  private func poissonPasses(_ gaps: [Int64]) -> Bool {
    PoissonCase.figures("here", gaps: gaps, rate: 500, count: 10_000, needsQuiet: false).allSatisfy(
      \.passed)
  }

  @Test("exponential gaps pass; even ones, those of another rate and too few do not")
  func poisson() {
    // The quantiles of the distribution, which are as exponential as 10,000 values can be.
    let exponential = (0..<10_000).map { Int64(2e6 * -naturalLog(1 - (Double($0) + 0.5) / 10_000)) }
    #expect(poissonPasses(exponential))
    #expect(!poissonPasses(Array(repeating: 2_000_000, count: 10_000)))
    #expect(!poissonPasses(exponential.map { $0 * 21 / 20 }))
    #expect(!poissonPasses(Array(exponential.dropLast())))
    #expect(!poissonPasses([]))
  }

  // MARK: Comparison

  @Test(
    "two false alarms of 200 are allowed, and ten that are missed",
    arguments: [(2, 190, true), (3, 190, false), (2, 189, false), (0, 0, false)])
  func comparison(alarms: Int, found: Int, passes: Bool) {
    let figures = ComparisonCase.figures(pairs: 200, falseAlarms: alarms, found: found)
    #expect(figures.allSatisfy(\.passed) == passes)
  }

  @Test("no pairs prove nothing")
  func noPairs() {
    #expect(ComparisonCase.figures(pairs: 0, falseAlarms: 0, found: 0).allSatisfy { !$0.passed })
  }
}
