import Foundation
import Statistics
import Testing

@Suite struct LargeSampleTests {
  private static let shapes: [String: @Sendable (inout SplitMix64) -> Double] = [
    "uniform": { uniform(&$0) * 1e9 },
    "exponential": { -log(1 - uniform(&$0)) * 3e7 },
    "Pareto": { 1e6 / pow(1 - uniform(&$0), 1 / 1.2) },
    "log-normal": { exp(14 + 1.5 * sqrt(-2 * log(1 - uniform(&$0))) * cos(2 * .pi * uniform(&$0))) },
    "bimodal": { uniform(&$0) < 0.99 ? 1e7 + uniform(&$0) * 1e5 : 1e9 },
    "one value": { _ in 123_456_789 },
    "nanoseconds": { uniform(&$0) * 3_000 },
    "negative": { (uniform(&$0) - 0.5) * 1e8 },
  ]

  private static func uniform(_ random: inout SplitMix64) -> Double { Double(random.next() >> 11) / 0x1p53 }

  @Test(
    "percentiles of many values agree with a sorted copy within 0.1 %, ends and sum exactly", arguments: shapes.keys)
  func agreement(shape: String) throws {
    let draw = try #require(Self.shapes[shape])
    for seed in 1...4 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let values = (0..<40_000).map { _ in Int64(draw(&random)) }
      let sorted = values.sorted()
      let sample = Sample(values)
      #expect(sample.count == values.count && sample.sum == values.reduce(0, +))
      #expect(sample.minimum == sorted.first && sample.maximum == sorted.last)
      for probability in [0.001, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999] {
        let exact = Double(sorted[Int((Double(sorted.count) * probability - 1e-9).rounded(.up)) - 1])
        let found = Double(try #require(sample.quantile(probability).exact))
        #expect(abs(found - exact) <= max(1, abs(exact) * 0.001), "\(shape), seed \(seed), quantile \(probability)")
      }
    }
  }

  @Test("unfinished jobs among many move a quantile as they do among few")
  func censored() throws {
    let finished = (1...30_000).map { Int64($0) * 1_000 }
    let sample = Sample(finished, censored: Array(repeating: 15_000_500, count: 3_000))
    // Half of the 33,000 had ended or were cut off by then: 15,000 before, and then 1/18,000 of what was left each.
    let median = Double(try #require(sample.quantile(0.5).exact))
    let share: Double = (0.5 - 15.0 / 33) / (18.0 / 33)
    let exact: Double = (15_000 + share * 15_000) * 1_000
    #expect(abs(median / exact - 1) < 0.001)
    #expect(sample.censoredCount == 3_000 && !sample.maximumIsCensored)
  }

  @Test("a few values are kept as they are")
  func few() {
    let values = (0..<16_384).map { Int64($0) * 1_000_003 }
    #expect(Sample(values).values == values)
  }
}
