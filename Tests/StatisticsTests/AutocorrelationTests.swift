import Statistics
import Testing

@Suite struct AutocorrelationTests {
  /// A first-order autoregression; its time is (1 + phi) / (1 - phi).
  private func series(_ phi: Double, _ count: Int, seed: UInt64) -> [Int64] {
    var random = SplitMix64(seed: seed)
    var value = 0.0
    return (0..<count).map { _ in
      value = phi * value + StandardNormal.quantile(random.unit() * 0.999_998 + 1e-6)
      return Int64(value * 1e6)
    }
  }

  @Test("the time of an autoregression", arguments: [(0.0, 1.0), (0.3, 1.86), (0.6, 4.0), (0.9, 19.0)])
  func known(phi: Double, expected: Double) {
    let times = (0..<20 as Range<UInt64>).map { AutocorrelationTime(of: series(phi, 4_000, seed: $0)).value }
    let mean = times.reduce(0, +) / 20
    #expect(abs(mean - expected) < 0.15 * expected, "\(mean)")
  }

  @Test("many values are averaged first and give the same answer")
  func many() {
    let time = AutocorrelationTime(of: series(0.6, 90_000, seed: 3)).value
    #expect(abs(time - 4) < 0.5, "\(time)")
  }

  @Test("a drift counts as dependence, a constant and a few values do not")
  func edges() {
    #expect(AutocorrelationTime(of: (0..<2_000).map { Int64($0) }).value > 100)
    #expect(AutocorrelationTime(of: Array(repeating: 7, count: 500)).value == 1)
    #expect(AutocorrelationTime(of: [1, 2, 3]).value == 1)
    #expect(AutocorrelationTime(of: []).value == 1)
  }
}
