import RunRecords
import Scenarios
import Statistics
import Thresholds

/// Decides the thresholds of a stored run.
///
/// A promise is about the jobs of the recorded phases. A condition with `abort` is about every job, as it was while the
/// run went.
struct ThresholdEvaluation {
  let reading: RunReading
  let recorded: JobRecords
  let rules: ThresholdRules

  func result(of text: String) -> ThresholdResult {
    guard let threshold = try? Threshold(recordText: text) else {
      return ThresholdResult(
        text: text, measured: nil, verdict: .notMeasurable, sentence: "This version cannot read the condition.",
        isWarning: false)
    }
    let judgement =
      threshold.abort
      ? abortJudgement(threshold)
      : threshold.window == nil ? wholeJudgement(threshold) : windowsJudgement(threshold)
    return ThresholdResult(
      text: text, measured: judgement.measured, verdict: judgement.verdict, sentence: judgement.sentence,
      isWarning: threshold.severity == .warn)
  }

  // MARK: Promises

  private func wholeJudgement(_ threshold: Threshold) -> ThresholdJudgement {
    var tally = ThresholdTally(threshold, rules, keeping: .exact)
    for record in recorded { tally.add(record) }
    return ThresholdJudgement(
      threshold, tally.finding(seconds: RateFigures.seconds(of: phases(of: threshold), in: reading)))
  }

  private func windowsJudgement(_ threshold: Threshold) -> ThresholdJudgement {
    let windows = ThresholdWindows(threshold, phases(of: threshold), lastingTo: reading.info.durationSeconds)
    return ThresholdJudgement(threshold, windows.findings(recorded, rules))
  }

  /// The recorded phases whose jobs the filters may leave.
  private func phases(of threshold: Threshold) -> [PhaseInfo] {
    reading.info.phases.filter { phase in
      phase.recorded && threshold.filters["phase"].map { $0 == phase.name } ?? true
    }
  }

  // MARK: What must not happen

  private func abortJudgement(_ threshold: Threshold) -> ThresholdJudgement {
    if reading.info.ending == .stopped, reading.info.endReason?.contains(threshold.text) == true {
      return .cameTrue
    }
    guard let window = threshold.window else {
      var tally = ThresholdTally(threshold, rules, keeping: .exact)
      for record in reading.records { tally.add(record) }
      let seconds = tally.span.map { Double($0.last - $0.first) / 1e9 } ?? 0
      return ThresholdJudgement(abort: threshold, [tally.finding(seconds: seconds)])
    }
    let length = PhaseInfo(
      name: "", kind: "", start: 0, duration: Int64(reading.info.durationSeconds * 1e9), scheduled: 0, recorded: true)
    let first = Int((threshold.afterSeconds / window.inSeconds).rounded(.up))
    let windows = ThresholdWindows(threshold, [length], lastingTo: reading.info.durationSeconds)
    return ThresholdJudgement(
      abort: threshold, windows.findings(reading.records, rules).dropFirst(first).map(\.finding))
  }
}
