import Statistics
import Testing

@Suite struct ShiftTests {
  /// Values of R's `wilcox.test(A, B, conf.int = TRUE)`; candidates are A, in thousandths.
  private static let a = [101, 98, 110, 105, 97, 120, 99, 103, 108, 102].map { Int64($0) * 1_000 }
  private static let b = [95, 92, 100, 99, 90, 112, 93, 96, 101, 94].map { Int64($0) * 1_000 }
  private static let tied = SamplePair(baseline: b, candidate: a)
  private static let distinct = SamplePair(
    baseline: b.enumerated().map { $1 + Int64($0 + 1) }, candidate: a.enumerated().map { $1 + 10 * Int64($0 + 1) })

  @Test("ties and continuity: U = 82, p = 0.01717, A12 = 0.82")
  func ties() {
    let test = MannWhitney(Self.tied)
    #expect(test.statistic == 82)
    #expect(abs(test.pValue - 0.01717366099606797) < 1e-12)
    #expect(test.superiority == 0.82)
    #expect(abs(test.delta - 0.64) < 1e-12)
    #expect(test.magnitude == "large")
  }

  @Test("without ties the p-value is exact: U = 83, p = 0.0114962437")
  func exact() {
    let test = MannWhitney(Self.distinct)
    #expect(test.statistic == 83)
    #expect(abs(test.pValue - 0.011496243694386109) < 1e-14)
  }

  @Test(
    "exact p-values of small samples (SciPy)",
    arguments: [
      ([11, 22, 33], [5, 44, 55, 66], 0.4), ([1, 2, 3], [4, 5, 6, 7], 0.05714285714285714),
    ] as [([Int64], [Int64], Double)])
  func small(first: [Int64], second: [Int64], pValue: Double) {
    #expect(abs(MannWhitney(SamplePair(baseline: first, candidate: second)).pValue - pValue) < 1e-14)
    #expect(abs(MannWhitney(SamplePair(baseline: second, candidate: first)).pValue - pValue) < 1e-14)
  }

  @Test("the shift is 7.0 in [2, 12], and 7.07 in [2.012, 12.095] without ties")
  func shift() throws {
    let tied = try #require(HodgesLehmann.shift(Self.tied, alpha: 0.05))
    #expect((tied.value, tied.lower, tied.upper) == (7_000, 2_000, 12_000))
    let distinct = try #require(HodgesLehmann.shift(Self.distinct, alpha: 0.05))
    #expect((distinct.value, distinct.lower, distinct.upper) == (7_070, 2_012, 12_095))
    #expect(tied.reference == 95_500)
    #expect(ShiftVerdict(tied, margin: 0.05) == .regression)
    #expect(ShiftVerdict(tied, margin: 0.08) == .inconclusive)
  }

  @Test("the difference of every rank is the one that a sorted list has", arguments: 0..<20 as Range<UInt64>)
  func ranks(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func values() -> [Int64] {
      (0..<(60 + random.index(below: 40))).map { _ in Int64(random.index(below: seed < 10 ? 50 : 1_000_000_000)) - 20 }
    }
    let pair = SamplePair(baseline: values(), candidate: values())
    let all = pair.baseline.flatMap { a in pair.candidate.map { $0 - a } }.sorted()
    let middle = (Double(all[(all.count - 1) / 2]) + Double(all[all.count / 2])) / 2
    for alpha in [0.001, 0.05, 0.2] {
      let shift = try #require(HodgesLehmann.shift(pair, alpha: alpha))
      #expect(shift.value == middle)
      let lower = try #require(shift.lower)
      let rank = try #require(all.firstIndex(of: Int64(lower)))
      #expect(shift.upper == Double(all[all.count - 1 - rank]) || seed < 10)
    }
  }

  @Test("a million values a side are exact too, in no more memory than they take")
  func million() throws {
    let baseline = (0..<200_000).map { Int64($0 * 7_919 % 200_003) * 1_000 + 40_000_000 }
    let pair = SamplePair(baseline: baseline, candidate: baseline.map { $0 + 12_345 })
    let shift = try #require(HodgesLehmann.shift(pair, alpha: 0.01))
    #expect(shift.value == 12_345)
    #expect(try #require(shift.lower) <= 12_345 && 12_345 <= (try #require(shift.upper)))
  }

  @Test("too few values have a shift and no interval, none at all have neither")
  func few() throws {
    let shift = try #require(HodgesLehmann.shift(SamplePair(baseline: [1, 2], candidate: [9, 8]), alpha: 0.05))
    #expect(shift.value == 7 && shift.lower == nil && shift.standardError == nil)
    #expect(shift.detectable(margin: 1) == nil)
    #expect(ShiftVerdict(shift, margin: 0.05) == .inconclusive)
    #expect(HodgesLehmann.shift(SamplePair(baseline: [], candidate: [1]), alpha: 0.05) == nil)
    #expect(MannWhitney(SamplePair(baseline: [], candidate: [1])).pValue == 1)
  }

  @Test("the largest numbers there are do not overflow")
  func extremes() throws {
    let pair = SamplePair(baseline: [.min, .max, 0, 1, 2], candidate: [.max, .min, 5, 6, 7])
    #expect(try #require(HodgesLehmann.shift(pair, alpha: 0.05)).value == 5)
  }

  @Test("equal samples of one constant are equivalent, not regressed")
  func constant() throws {
    let values = Array(repeating: Int64(1_000), count: 300)
    let shift = try #require(HodgesLehmann.shift(SamplePair(baseline: values, candidate: values), alpha: 0.05))
    #expect(ShiftVerdict(shift, margin: 0.05) == .noChange)
    #expect(MannWhitney(SamplePair(baseline: values, candidate: values)).pValue == 1)
  }

  @Test("a shift is judged by chance and by the practical margin, and 'no change' has to be shown")
  func verdicts() {
    func verdict(_ value: Double, _ reach: Double) -> ShiftVerdict {
      let interval = (value - reach)...(value + reach)
      let narrow = (value - 0.8 * reach)...(value + 0.8 * reach)
      return ShiftVerdict(
        ShiftEstimate(
          value: value, interval: interval, equivalence: narrow, standardError: reach / 2, reference: 100, alpha: 0.05),
        margin: 0.05)
    }
    #expect(verdict(10, 4) == .regression)
    #expect(verdict(-10, 4) == .improvement)
    #expect(verdict(10, 11) == .inconclusive)
    #expect(verdict(2, 1) == .noChange)
    #expect(verdict(4.9, 1) == .inconclusive)
    #expect(verdict(0, 7) == .inconclusive)
  }

  @Test("the minimum detectable effect is the margin and the end of chance, whichever is further, and the power on top")
  func detectable() throws {
    let shift = ShiftEstimate(
      value: 0, interval: -2...2, equivalence: -2...2, standardError: 1, reference: 100, alpha: 0.05)
    #expect(abs(try #require(shift.detectable(margin: 5)) - 5.841621233572914) < 1e-9)
    #expect(abs(try #require(shift.detectable(margin: 1)) - 2.801585218112968) < 1e-9)
  }
}
