import Statistics
import Testing

@Suite struct QuantileTests {
  @Test(
    "a percentile is printed only where ten values are expected beyond it",
    arguments: [
      (20, 0.5, true), (19, 0.5, false), (100, 0.9, true), (99, 0.9, false), (1000, 0.99, true), (999, 0.99, false),
    ])
  func rule(count: Int, probability: Double, supported: Bool) {
    #expect(PercentileRule.supports(probability, count: count) == supported)
    #expect((count >= PercentileRule.needed(for: probability)) == supported)
    let estimate = Sample(Array(1...Int64(count))).quantile(probability)
    #expect((estimate.value == .notAvailable) == !supported)
  }

  @Test("percentiles have the names that people use", arguments: [(0.5, "p50"), (0.999, "p99.9"), (0.9999, "p99.99")])
  func names(probability: Double, name: String) {
    #expect(PercentileRule.name(probability) == name)
  }

  @Test("a quantile is the value at rank ceil(n p), with the values at the interval's ranks")
  func sorted() {
    let estimate = Sample((1...100).shuffled().map { Int64($0) * 10 }).quantile(0.9)
    #expect(estimate == QuantileEstimate(probability: 0.9, count: 100, value: .exactly(900), lower: 840, upper: 960))
  }

  @Test("a percentile that falls on unfinished jobs is 'more than' and has no upper end")
  func censoredTail() {
    let sample = Sample(Array(1...90).map { Int64($0) }, censored: Array(repeating: 1000, count: 110))
    #expect(sample.quantile(0.5).value == .moreThan(1000))
    #expect(sample.quantile(0.5).upper == nil)
    #expect(sample.maximumIsCensored)
  }

  @Test("unfinished jobs below a percentile push it up, as Kaplan and Meier have it")
  func productLimit() {
    // Ages of 0 say nothing, so what is left is the sample without them.
    let sample = Sample(Array(1...100).map { Int64($0) }, censored: Array(repeating: 0, count: 100))
    #expect(sample.quantile(0.5).value == .exactly(50))
    #expect(sample.quantile(0.9).value == .exactly(90))
    #expect(sample.count == 200)
  }

  @Test("an unfinished job never lowers a percentile", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func monotone(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let values = (0..<400).map { _ in Int64.random(in: 1...10_000, using: &generator) }
    let known = Sample(Array(values.dropLast(60)), censored: values.suffix(60).map { $0 })
    for probability in [0.5, 0.75, 0.9, 0.95] {
      let all = Sample(values).quantile(probability).exact ?? 0
      switch known.quantile(probability).value {
      case .exactly(let value), .moreThan(let value): #expect(value >= all)
      case .notAvailable: Issue.record("400 values support \(probability)")
      }
    }
  }

  @Test("the histogram agrees with the sorted values within 0.1 %", arguments: [11, 12, 13] as [UInt64])
  func histogram(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var histogram = SeriesHistogram()
    let values = (0..<20_000).map { _ in Int64.random(in: 1_000...5_000_000_000, using: &generator) }
    values.forEach { histogram.record(nanoseconds: $0) }
    let sample = Sample(values)
    for probability in PercentileRule.printed.dropLast() {
      let a = try #require(histogram.quantile(probability).exact)
      let b = try #require(sample.quantile(probability).exact)
      #expect(abs(Double(a - b)) <= Double(b) * 0.001)
    }
    #expect(histogram.minimum == sample.minimum)
    #expect(histogram.maximum == sample.maximum)
    #expect(histogram.sum == sample.sum)
    #expect(histogram.quantile(0.9999).value == .notAvailable)
  }

  @Test("merging shards equals one stream")
  func merge() {
    var whole = SeriesHistogram()
    var shards = [SeriesHistogram(), SeriesHistogram(), SeriesHistogram()]
    for index in 0..<3_000 {
      let value = Int64(index * index) + 17
      whole.record(nanoseconds: value)
      shards[index % 3].record(nanoseconds: value)
    }
    var merged = shards[0]
    merged.merge(shards[1])
    merged.merge(shards[2])
    merged.merge(SeriesHistogram())
    #expect(merged.count == whole.count && merged.sum == whole.sum)
    #expect(merged.minimum == whole.minimum && merged.maximum == whole.maximum)
    for probability in [0.5, 0.9, 0.99] { #expect(merged.quantile(probability) == whole.quantile(probability)) }
  }
}
