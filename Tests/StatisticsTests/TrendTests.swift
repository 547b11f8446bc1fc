import Statistics
import Testing

@Suite struct TrendTests {
  @Test("a rising line has a trend, its slope inside the interval")
  func rising() {
    let test = MannKendall((0..<40).map { index -> Double in 100 + 2 * Double(index) + (index % 2 == 0 ? 3 : -3) })
    #expect(test.pValue < 1e-6)
    #expect(test.slopeLower <= 2 && 2 <= test.slopeUpper)
    #expect(test.slopeLower > 0)
  }

  @Test("noise has none, nor has a constant, nor three values")
  func flat() {
    var generator = SplitMix64(seed: 7)
    let noise = MannKendall((0..<60).map { _ in Double.random(in: 0...1, using: &generator) })
    #expect(noise.pValue > 0.05)
    #expect(MannKendall(Array(repeating: 5, count: 30)).pValue == 1)
    #expect(MannKendall([1, 2, 3]).pValue == 1)
  }

  @Test("false alarms stay near 5 %")
  func falseAlarms() {
    var generator = SplitMix64(seed: 99)
    let alarms = (0..<400).count { _ in
      MannKendall((0..<30).map { _ in Double.random(in: 0...1, using: &generator) }).pValue < 0.05
    }
    #expect((8...34).contains(alarms))
  }

  @Test(
    "Little's law compares what was counted with rate times stay",
    arguments: [(2.0, 2.0, 0.0), (2.2, 2.0, 0.1), (0, 0, 0)])
  func little(counted: Double, expected: Double, error: Double) {
    #expect(abs(LittlesLaw(counted: counted, expected: expected).relativeError - error) < 1e-12)
  }
}
