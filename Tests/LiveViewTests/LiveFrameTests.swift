import LiveView
import LoadGeneration
import RunRecords
import TestServices
import Testing

struct LiveFrameTests {
  private static let second: Int64 = 1_000_000_000

  private static var steady: ProgressSnapshot {
    var snapshot = ProgressSnapshot()
    (snapshot.phase, snapshot.phaseIndex, snapshot.phases) = ("steady", 1, 2)
    (snapshot.phaseElapsed, snapshot.phaseLength) = (42 * second, 60 * second)
    (snapshot.elapsed, snapshot.left) = (52 * second, 18 * second)
    (snapshot.offeredRate, snapshot.endedRate) = (5.12, 4.96)
    snapshot.endedBySecond = [0, 2, 4, 5, 6, 5, 4, 5]
    (snapshot.inFlight, snapshot.planned) = (3, 300)
    snapshot.counts.add(.succeeded, times: 210)
    snapshot.counts.add(.timedOut)
    snapshot.endToEnd = .init(count: 211, median: 61_000_000, percentile95: 90_400_000, percentile99: 1_234_000_000)
    snapshot.recent = .init(count: 50, median: 58_000_000, percentile95: 88_000_000)
    snapshot.queueWait = .init(count: 211, median: 2_340_000, percentile95: 9_100_000, percentile99: 12_000_000)
    snapshot.lateness = .init(count: 211, median: 40_000, percentile95: 80_000, percentile99: 120_000)
    (snapshot.hostIdle, snapshot.coldStarts) = (0.634, 3)
    snapshot.validity = validity(idle: 0.634)
    (snapshot.dollars, snapshot.dollarLimit) = (0.000123, 0.01)
    return snapshot
  }

  /// What a machine that idle makes of a run of 50 s.
  private static func validity(idle: Double) -> Validity {
    let samples = (0..<50).map { second in
      var sample = ValiditySample(second: second)
      (sample.hostIdle, sample.steal, sample.tickerLateness) = (idle, 0, 100_000)
      sample.loops = [.init(cpuShare: 0.02, waitingShare: 0.001)]
      return sample
    }
    return Validity(soFar: samples, lateness: 120_000, median: 61_000_000)
  }

  /// The steady run on a machine that has no time left.
  private static var crowded: ProgressSnapshot {
    var snapshot = steady
    (snapshot.hostIdle, snapshot.validity) = (0.04, validity(idle: 0.04))
    return snapshot
  }

  private static var huge: ProgressSnapshot {
    var snapshot = steady
    snapshot.phase = "a-phase-with-a-very-long-name-that-nobody-should-give"
    (snapshot.phaseIndex, snapshot.phases, snapshot.inFlight) = (99, 120, .max)
    (snapshot.elapsed, snapshot.left) = (360_000 * second, .max)
    (snapshot.phaseElapsed, snapshot.phaseLength) = (.max, second)
    (snapshot.offeredRate, snapshot.endedRate) = (1e300, 123_456)
    snapshot.endedBySecond = Array(repeating: .max, count: 60)
    for outcome in JobOutcome.allCases { snapshot.counts.add(outcome, times: 123_456_789_012) }
    snapshot.endToEnd = .init(count: .max, median: .max, percentile95: .max, percentile99: .max)
    (snapshot.dollars, snapshot.dollarLimit) = (1e12, 1e12)
    return snapshot
  }

  private static var history: LiveHistory {
    var history = LiveHistory()
    for second in 0..<70 {
      var snapshot = ProgressSnapshot()
      (snapshot.elapsed, snapshot.offeredRate) = (Int64(second) * Self.second, Double(second % 7))
      history.add(snapshot)
    }
    return history
  }

  @Test(arguments: [80, 50]) func frames(width: Int) throws {
    let zero = ProgressSnapshot()
    let frames = [
      ("empty", LiveFrame(zero, LiveHistory(), width: width)),
      ("steady", LiveFrame(Self.steady, Self.history, width: width)),
      ("crowded", LiveFrame(Self.crowded, Self.history, width: width)),
      ("huge", LiveFrame(Self.huge, Self.history, width: width)),
    ]
    let text = frames.map { "-- \($0)\n" + $1.lines.map { $0 + "\n" }.joined() }.joined()
    try Golden.expect(text, is: "frames.\(width).txt")
  }

  @Test func everyLineFitsEveryTerminal() {
    for width in 1...200 {
      for snapshot in [ProgressSnapshot(), Self.steady, Self.crowded, Self.huge] {
        let lines = LiveFrame(snapshot, Self.history, width: width).lines
        #expect(lines.allSatisfy { $0.count <= max(width - 1, 1) }, "at \(width): \(lines)")
      }
    }
    for height in 1...30 {
      #expect(LiveFrame(Self.steady, Self.history, width: 80, height: height).lines.count <= max(height - 1, 1))
    }
  }

  @Test func coloursChangeNothingButColour() {
    for width in [50, 80] {
      let plain = LiveFrame(Self.steady, Self.history, width: width).lines
      let coloured = LiveFrame(Self.steady, Self.history, width: width, isColoured: true).lines
      #expect(coloured != plain)
      #expect(coloured.map { $0.replacing(/\u{1b}\[\d+m/, with: "") } == plain)
      #expect(plain.allSatisfy { !$0.contains("\u{1b}") })
    }
  }

  @Test func historyKeepsASecondEachAndAMinuteInAll() {
    #expect(Self.history.offeredBySecond.count == 60)
    #expect(Self.history.offeredBySecond.last == 6)
    var history = LiveHistory()
    var snapshot = ProgressSnapshot()
    for quarter in 0..<8 {
      (snapshot.elapsed, snapshot.offeredRate) = (Int64(quarter) * Self.second / 4, Double(quarter))
      history.add(snapshot)
    }
    #expect(history.offeredBySecond == [0, 4])
  }

  @Test func linesAreDrawnOverThoseBefore() {
    var region = LiveRegion()
    #expect(region.clear() == "")
    #expect(region.draw(["a", "b"], width: 80, height: 24) == "\ra\u{1b}[K\nb\u{1b}[K\n")
    #expect(region.draw(["c"], width: 80, height: 24) == "\r\u{1b}[2Ac\u{1b}[K\n\u{1b}[J")
    #expect(region.draw(["d"], width: 70, height: 24) == "\rd\u{1b}[K\n", "a narrower terminal has moved the lines")
    #expect(region.draw(["e"], width: 90, height: 24) == "\r\u{1b}[1Ae\u{1b}[K\n")
    #expect(region.clear() == "\r\u{1b}[1A\u{1b}[J")
    #expect(region.clear() == "")
  }

  @Test func recordsAreOneLineOfJSON() throws {
    let lines = [
      ProgressRecord(ProgressSnapshot()).line, ProgressRecord(Self.steady).line, ProgressRecord(Self.crowded).line,
      ProgressRecord(Self.huge).line,
      EndRecord(verdict: "passed", folder: "reports/runs/a", exitCode: 0).line,
      EndRecord(error: "no \"target\"\nhere", exitCode: 6).line,
    ]
    #expect(lines.allSatisfy { !$0.contains("\n") && $0.contains("\"version\":1") })
    try Golden.expect(lines.map { $0 + "\n" }.joined(), is: "records.jsonl")
  }
}
