import Glibc
import Statistics
import Testing

@Suite struct SeriesTests {
  private func noise(_ count: Int, _ seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in random.unit() }
  }

  @Test("MSER-5 cuts the known series after 50 values")
  func steadyState() throws {
    let values = (0..<200).map { (i: Int) -> Double in
      let noise = Double(7_919 * i % 11 - 5)
      return 100 * exp(-Double(i) / 10) + 20 + 0.5 * noise
    }
    let steady = SteadyState(values)
    #expect(steady.truncation == 50)
    #expect(abs(try #require(steady.statistic) - 0.0230326188773) < 1e-12)
    #expect(!steady.isDoubtful)
    #expect(SteadyState((0..<100).map { Double($0) }).isDoubtful)
    #expect(SteadyState([1, 2, 3]).statistic == nil)
  }

  @Test("the slope and its interval are SciPy's, and one wild point moves neither far")
  func theilSen() throws {
    let x = [0, 1, 2, 4, 7, 8, 11.0]
    let y = [1, 2.5, 2.0, 5.5, 7, 9.5, 10.0]
    let line = try #require(TheilSen(Array(zip(x, y).map { (x: $0, y: $1) })))
    #expect(abs(line.slope - 0.8888888888888888) < 1e-12)
    #expect(abs(line.intercept - 1.9444444444444446) < 1e-12)
    #expect(line.lower == 0.5 && line.upper == 1.25)
    let moved = y.dropLast() + [1_000]
    let wild = try #require(TheilSen(Array(zip(x, moved).map { (x: $0, y: $1) })))
    #expect(wild.slope < 2)
    #expect(TheilSen([(1, 2), (1, 3)]) == nil)
  }

  @Test("one step is found where it is, with the levels on both sides")
  func step() throws {
    let (before, after) = (noise(12, 1).map { 10 + $0 }, noise(9, 2).map { 13 + $0 })
    let changes = ChangePoints.find(in: before + after)
    #expect(changes.map(\.index) == [12])
    let change = try #require(changes.first)
    #expect(change.pValue < 0.01 && change.before < 11 && change.after > 13)
  }

  @Test("two steps are found, one level between them")
  func steps() {
    let (high, middle) = (noise(10, 4).map { $0 + 4 }, noise(10, 5).map { $0 + 1.5 })
    let values = noise(10, 3) + high + middle
    #expect(ChangePoints.find(in: values).map(\.index) == [10, 20])
  }

  @Test("noise has about as many changes as alpha allows; a constant and a few values have none")
  func noChange() {
    let alarms = (0..<60 as Range<UInt64>).count { !ChangePoints.find(in: noise(20, 100 + $0)).isEmpty }
    #expect(alarms <= 8, "\(alarms) of 60")
    #expect(ChangePoints.find(in: Array(repeating: 3, count: 30)) == [])
    #expect(ChangePoints.find(in: [1, 1, 9, 9, 9]) == [])
    #expect(ChangePoints.find(in: []) == [])
  }

  @Test("the same values have the same changes, whenever they are asked for")
  func repeats() {
    let values = noise(25, 9) + noise(25, 10).map { $0 + 0.7 }
    #expect(ChangePoints.find(in: values) == ChangePoints.find(in: values))
  }

  @Test("drawing runs anew holds the mean, the same every time; four runs are too few")
  func bootstrap() throws {
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let runs = [10, 11, 12, 9, 10.5, 11.5, 10, 12.5]
    let interval = try #require(RunBootstrap.interval(of: runs, mean))
    #expect(interval.contains(mean(runs)))
    // The normal interval is 10.8 +- 0.77; drawing from eight runs is a little narrower.
    #expect(interval.lowerBound > 9.9 && interval.upperBound < 11.7)
    #expect(interval == RunBootstrap.interval(of: runs, mean))
    #expect(RunBootstrap.interval(of: [1, 2, 3, 4], mean) == nil)
  }
}
