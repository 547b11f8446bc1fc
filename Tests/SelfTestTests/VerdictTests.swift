import FoundationEssentials
import RunRecords
import SelfTest
import Testing

@Suite struct VerdictTests {
  private func figure(_ passed: Bool, needsQuiet: Bool = false) -> SelfTestFigure {
    SelfTestFigure(
      "f", truth: "1", measured: "2", tolerance: "exact", passed: passed, needsQuiet: needsQuiet)
  }

  private func evidence(_ change: (inout ValiditySample) -> Void) -> MachineEvidence {
    var sample = ValiditySample(second: 0)
    (sample.hostIdle, sample.steal, sample.tickerLateness) = (0.5, 0, 1_000_000)
    sample.loops = [.init(cpuShare: 0.1, waitingShare: 0.001)]
    change(&sample)
    return MachineEvidence([sample])
  }

  @Test("a busy machine excuses what needs quiet, and nothing else")
  func verdict() {
    let (quiet, busy) = (evidence { _ in }, evidence { $0.hostIdle = 0.1 })
    #expect(SelfTestResult.verdict([figure(true)], busy) == .passed)
    #expect(
      SelfTestResult.verdict([figure(true), figure(false, needsQuiet: true)], busy) == .inconclusive
    )
    #expect(
      SelfTestResult.verdict([figure(false), figure(false, needsQuiet: true)], busy) == .failed)
    #expect(SelfTestResult.verdict([figure(false, needsQuiet: true)], quiet) == .failed)
    #expect(SelfTestResult.verdict([figure(false, needsQuiet: true)], nil) == .failed)
    #expect(SelfTestResult.verdict([], busy) == .failed)
  }

  @Test("a machine is busy beyond the limits of a run's own checks")
  func busy() {
    #expect(
      !evidence { ($0.hostIdle, $0.steal, $0.tickerLateness) = (0.2, 0.005, 100_000_000) }.isBusy)
    #expect(evidence { $0.hostIdle = 0.199 }.isBusy)
    #expect(evidence { $0.steal = 0.0051 }.isBusy)
    #expect(evidence { $0.tickerLateness = 100_000_001 }.isBusy)
    #expect(evidence { $0.loops[0].waitingShare = 0.011 }.isBusy)
    #expect(evidence { $0.hostIdle = 0.12 }.text.contains("host idle 12"))
  }

  @Test("the worst case is the whole's verdict, in text and in JSON")
  func report() throws {
    let entry = try #require(SelfTestCase.all(quick: true).first)
    let passed = SelfTestResult(entry, figures: [figure(true)], machine: nil)
    let unclear = SelfTestResult(
      entry, figures: [figure(false, needsQuiet: true)], machine: evidence { $0.steal = 0.2 })
    #expect(SelfTestReport([passed]).verdict == .passed)
    #expect(SelfTestReport([passed, unclear]).verdict == .inconclusive)
    #expect(
      SelfTestReport([passed, unclear, SelfTestResult(entry, problem: "no port")]).verdict
        == .failed)
    #expect(SelfTestReport([]).verdict == .failed)
    let text = SelfTestReport([passed, unclear]).text
    #expect(
      text.contains("machine too busy: host idle")
        && text.contains("self-test inconclusive: 1 passed, 1 inconclusive"))
    let json = try JSONDecoder().decode(
      SelfTestReport.self, from: Data(SelfTestReport([unclear]).json.utf8))
    #expect(json.cases == [unclear])
  }
}
