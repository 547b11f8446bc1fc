import Reporting
import RunRecords
import Testing

@Suite struct ThresholdTests {
  @Test(
    "thresholds are decided over the recorded jobs that fit their filters",
    arguments: [
      ("p95(e2e) < 2s", .passed), ("p95(e2e) < 100ms", .failed), ("p50(e2e){language=python} < 50ms", .passed),
      ("p99(e2e) < 60s", .notMeasurable), ("p50(e2e){phase=warm-up} < 60s", .notMeasurable),
      ("p50(cold_start) < 60s", .notMeasurable), ("max(queue_wait) < 1s", .passed), ("mean(run) > 1ms", .passed),
      ("min(e2e) > 1s", .failed), ("rate(succeeded) > 98%", .passed), ("rate(succeeded) >= 100%", .failed),
      ("count(timed_out) == 1", .passed), ("count(wrong_result) <= 0", .failed), ("rate(cold) < 10%", .passed),
      ("cost_per_execution < $0.0001", .passed), ("cost_per_execution < $0.000001", .failed),
      ("abort: rate(failed) > 20%", .passed), ("abort: rate(failed) > 0.1%", .failed),
    ] as [(String, ThresholdResult.Verdict)])
  func verdicts(text: String, verdict: ThresholdResult.Verdict) throws {
    var reading = SyntheticRun.steady()
    reading.info.thresholds = [text]
    let result = try #require(RunFigures(reading).thresholds.first)
    #expect(result.verdict == verdict, "\(result.sentence)")
    #expect(!result.sentence.isEmpty)
  }

  @Test(
    "a figure that unfinished jobs leave open decides only what no larger value could change",
    arguments: [
      ("max(e2e) < 20s", .failed), ("max(e2e) < 40s", .notMeasurable), ("max(e2e) > 20s", .passed),
      ("mean(e2e) < 1h", .notMeasurable), ("p90(e2e) < 1s", .failed), ("p90(e2e) < 1h", .notMeasurable),
      ("p50(e2e) < 1s", .passed),
    ] as [(String, ThresholdResult.Verdict)])
  func censored(text: String, verdict: ThresholdResult.Verdict) throws {
    var reading = SyntheticRun.steady()
    reading.info.thresholds = [text]
    for index in reading.records.indices where index % 5 == 0 {
      (reading.records[index].t7, reading.records[index].outcome) = (nil, .timedOut)
      reading.records[index].endedAt = reading.records[index].t0 + 30_000_000_000
    }
    let result = try #require(RunFigures(reading).thresholds.first)
    #expect(result.verdict == verdict, "\(result.sentence)")
  }

  @Test(
    "a threshold with a window must hold in every whole one of a recorded phase",
    arguments: [
      ("throughput{window=10s} > 1/s", .passed, "Met in each of 6 windows of 10 s"),
      ("throughput{window=10s} > 100/s", .failed, "Not met in 6 of 6 windows of 10 s"),
      ("mean(e2e){window=10s} < 60s", .notMeasurable, "Not measurable in every window of 10 s"),
      ("mean(run){phase=steady, window=10s} < 60s", .passed, "Met in each of 6 windows"),
      ("p95(e2e){window=10s} < 1us", .notMeasurable, "p95 needs 200 jobs"),
      ("count(failed){window=10s} <= 0", .failed, "Not met in 1 of 6 windows"),
      ("rate(succeeded){window=10m} > 1%", .notMeasurable, "no recorded phase that fits lasts 10 min"),
    ] as [(String, ThresholdResult.Verdict, String)])
  func windows(text: String, verdict: ThresholdResult.Verdict, sentence: String) throws {
    var reading = SyntheticRun.steady()
    reading.info.thresholds = [text]
    let result = try #require(RunFigures(reading).thresholds.first)
    #expect(result.verdict == verdict, "\(result.sentence)")
    #expect(result.sentence.contains(sentence), "\(result.sentence)")
  }

  @Test("a warning is said and fails nothing")
  func warning() throws {
    var reading = SyntheticRun.smoke()
    reading.info.thresholds = ["warn: rate(succeeded) < 1%", "rate(succeeded) > 1%"]
    let report = RunReport(reading)
    #expect(report.verdict != .thresholdFailed)
    #expect(report.terminal().contains("thresholds met, 1 warning"))
    #expect(report.terminal().contains("! warn: rate(succeeded) < 1%"))
    #expect(report.json.contains("\"severity\" : \"warn\""))
  }

  @Test("a threshold that ended the run has not been met, whatever the last jobs made of its figure")
  func aborted() throws {
    var reading = SyntheticRun.steady()
    reading.info.thresholds = ["abort after 30s: rate(failed) > 20%"]
    reading.info.ending = .stopped
    reading.info.endReason = "aborted by the threshold rate(failed) > 20%"
    let result = try #require(RunFigures(reading).thresholds.first)
    #expect(result.verdict == .failed && result.sentence.contains("ended the run"))
  }

  @Test("a percentile without jobs enough names what it needs and what there is")
  func sentence() throws {
    var reading = SyntheticRun.smoke()
    reading.info.thresholds = ["p95(e2e) < 10s"]
    let result = try #require(RunFigures(reading).thresholds.first)
    #expect(result.sentence == "Not measurable, so not met: p95 needs 200 jobs, there are 34.")
    #expect(RunFigures(reading).verdict == .thresholdFailed)
  }

  @Test("a platform that does not tell cannot meet what needs its word")
  func silent() {
    var reading = SyntheticRun.silent()
    reading.info.thresholds = ["rate(cold) < 1%", "p50(queue_wait) < 1s", "cost_per_execution < $1"]
    #expect(RunFigures(reading).thresholds.allSatisfy { $0.verdict == .notMeasurable })
  }
}

@Suite struct RunVerdictTests {
  @Test(
    "how a run ended outweighs validity, and validity outweighs thresholds",
    arguments: [
      (RunEnding.completed, false, true, true, RunVerdict.passed, 0),
      (.completed, false, true, false, .thresholdFailed, 3), (.completed, false, false, false, .invalid, 5),
      (.unreachable, true, true, true, .unreachable, 6), (.stopped, true, false, false, .stopped, 7),
      (.interrupted, true, true, false, .interrupted, 130), (nil, true, true, true, .interrupted, 130),
      (nil, false, true, true, .passed, 0),
    ] as [(RunEnding?, Bool, Bool, Bool, RunVerdict, Int32)])
  func verdicts(
    ending: RunEnding?, isPartial: Bool, isValid: Bool, isMet: Bool, verdict: RunVerdict, code: Int32
  ) {
    var reading = SyntheticRun.smoke()
    (reading.info.ending, reading.info.partial) = (ending, isPartial)
    reading.info.thresholds = [isMet ? "rate(succeeded) > 1%" : "rate(succeeded) < 1%"]
    if !isValid { reading.records.append(reading.records[0]) }
    let report = RunReport(reading)
    #expect(report.verdict == verdict)
    #expect(report.verdict.exitCode == code)
  }
}
