import RunRecords
import Scenarios
import Statistics
import Thresholds

/// Decides a threshold of a stored run, from one look at each of its jobs.
///
/// A promise is about the jobs of the recorded phases. A condition with `abort` is about every job, as it was while the
/// run went.
struct ThresholdEvaluation {
  private enum Evidence {
    case unreadable
    case whole(Threshold, ThresholdTally)
    case windows(Threshold, ThresholdWindows)
  }

  private let text: String
  private let info: RunInfo
  private var evidence: Evidence

  init(_ text: String, _ info: RunInfo, _ rules: ThresholdRules) {
    self.text = text
    self.info = info
    guard let threshold = try? Threshold(recordText: text) else {
      evidence = .unreadable
      return
    }
    if threshold.window == nil {
      evidence = .whole(threshold, ThresholdTally(threshold, rules, keeping: .exact))
    } else {
      let phases = threshold.abort ? [Self.length(of: info)] : Self.phases(of: threshold, in: info)
      evidence = .windows(threshold, ThresholdWindows(threshold, rules, phases, lastingTo: info.durationSeconds))
    }
  }

  mutating func add(_ job: JobRecord) {
    switch evidence {
    case .unreadable: break
    case .whole(let threshold, var tally) where threshold.abort || job.recorded:
      // Emptied first, so that the tally is changed in place.
      evidence = .unreadable
      tally.add(job)
      evidence = .whole(threshold, tally)
    case .windows(let threshold, var windows) where threshold.abort || job.recorded:
      evidence = .unreadable
      windows.add(job)
      evidence = .windows(threshold, windows)
    case .whole, .windows: break
    }
  }

  /// What came of it, now that every job has been looked at.
  func result(_ rates: RateTally) -> ThresholdResult {
    switch evidence {
    case .unreadable:
      ThresholdResult(
        text: text, measured: nil, verdict: .notMeasurable, sentence: "This version cannot read the condition.",
        isWarning: false)
    case .whole(let threshold, let tally): result(threshold, judgement(threshold, tally, rates))
    case .windows(let threshold, let windows): result(threshold, judgement(threshold, windows))
    }
  }

  private func result(_ threshold: Threshold, _ judgement: ThresholdJudgement) -> ThresholdResult {
    let hasEndedTheRun =
      threshold.abort && info.ending == .stopped && info.endReason?.contains(threshold.text) == true
    let judgement = hasEndedTheRun ? .cameTrue : judgement
    return ThresholdResult(
      text: text, measured: judgement.measured, verdict: judgement.verdict, sentence: judgement.sentence,
      isWarning: threshold.severity == .warn)
  }

  private func judgement(_ threshold: Threshold, _ tally: ThresholdTally, _ rates: RateTally) -> ThresholdJudgement {
    guard threshold.abort else {
      let phases = Self.phases(of: threshold, in: info).map(\.name)
      return ThresholdJudgement(threshold, tally.finding(seconds: rates.seconds(of: phases)))
    }
    let seconds = tally.span.map { Double($0.last - $0.first) / 1e9 } ?? 0
    return ThresholdJudgement(abort: threshold, [tally.finding(seconds: seconds)])
  }

  private func judgement(_ threshold: Threshold, _ windows: ThresholdWindows) -> ThresholdJudgement {
    guard threshold.abort, let window = threshold.window else { return ThresholdJudgement(threshold, windows.findings) }
    let first = Int((threshold.afterSeconds / window.inSeconds).rounded(.up))
    return ThresholdJudgement(abort: threshold, windows.findings.dropFirst(first).map(\.finding))
  }

  /// The recorded phases whose jobs the filters may leave.
  private static func phases(of threshold: Threshold, in info: RunInfo) -> [PhaseInfo] {
    info.phases.filter { phase in
      phase.recorded && threshold.filters["phase"].map { $0 == phase.name } ?? true
    }
  }

  /// The whole run as a phase, which a condition that may end it is about.
  private static func length(of info: RunInfo) -> PhaseInfo {
    PhaseInfo(
      name: "", kind: "", start: 0, duration: Int64(info.durationSeconds * 1e9), scheduled: 0, recorded: true)
  }
}
