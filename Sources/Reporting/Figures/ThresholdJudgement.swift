import Foundation
import Pricing
import RunRecords
import Scenarios
import Statistics
import Thresholds

/// What follows from findings for a threshold, and the sentence that says so.
struct ThresholdJudgement {
  let measured: String?
  let verdict: ThresholdResult.Verdict
  let sentence: String

  private init(_ verdict: ThresholdResult.Verdict, measured: String? = nil, _ sentence: String) {
    self.verdict = verdict
    self.measured = measured
    self.sentence = sentence
  }

  /// A condition with `abort` that ended the run.
  static var cameTrue: Self { Self(.failed, "Not met: it came true and ended the run.") }

  /// A promise over all jobs at once.
  init(_ threshold: Threshold, _ finding: ThresholdFinding) {
    let measured = threshold.text(of: finding)
    if let holds = threshold.isTrue(of: finding) {
      self.init(
        holds ? .passed : .failed, measured: measured,
        "\(holds ? "Met" : "Not met"): measured \(measured ?? "nothing"), limit \(threshold.limitText).")
    } else {
      self.init(.notMeasurable, measured: measured, "Not measurable, so not met: \(Self.obstacle(threshold, finding)).")
    }
  }

  /// A promise that every window has to keep for itself; windows without a job say nothing.
  init(_ threshold: Threshold, _ windows: [(start: Int64, finding: ThresholdFinding)]) {
    let length = QuantityText.duration(nanoseconds: threshold.window?.inNanoseconds ?? 0)
    let told = windows.filter { $0.finding != .empty }
    let broken = told.filter { threshold.isTrue(of: $0.finding) == false }
    if let first = broken.first {
      let measured = threshold.text(of: first.finding) ?? "nothing"
      let start = QuantityText.duration(nanoseconds: first.start)
      self.init(
        .failed, measured: measured,
        "Not met in \(broken.count) of \(told.count) windows of \(length): measured \(measured) in the one that began at "
          + "\(start), limit \(threshold.limitText).")
    } else if let open = told.first(where: { threshold.isTrue(of: $0.finding) == nil }) {
      self.init(
        .notMeasurable, measured: threshold.text(of: open.finding),
        "Not measurable in every window of \(length), so not met: \(Self.obstacle(threshold, open.finding)).")
    } else if told.isEmpty {
      let why = windows.isEmpty ? "no recorded phase that fits lasts \(length)" : "no recorded job fits the filters"
      self.init(.notMeasurable, "Not measurable, so not met: \(why).")
    } else {
      self.init(.passed, "Met in each of \(told.count) windows of \(length), limit \(threshold.limitText).")
    }
  }

  /// A condition that would have ended the run, over one finding or one of each window.
  init(abort threshold: Threshold, _ findings: [ThresholdFinding]) {
    let come = findings.first { threshold.isTrue(of: $0) == true }
    let shown = come ?? findings.last { threshold.text(of: $0) != nil }
    guard let shown, let measured = threshold.text(of: shown) else {
      // A condition that nothing speaks for did not come true.
      self.init(.passed, "Nothing to measure, so it did not come true.")
      return
    }
    self.init(
      come == nil ? .passed : .failed, measured: measured,
      "\(come == nil ? "Met" : "Not met"): measured \(measured), limit \(threshold.limitText).")
  }

  private static func obstacle(_ threshold: Threshold, _ finding: ThresholdFinding) -> String {
    switch finding {
    case .notMeasurable(let why): why
    case .empty: "no recorded job fits the filters"
    case .value(let value), .moreThan(let value):
      "unfinished jobs leave only that it is more than \(threshold.text(of: value))"
    }
  }
}

extension Threshold {
  /// Comparison and limit, for people.
  fileprivate var limitText: String { "\(comparison.rawValue) \(text(of: limit))" }

  fileprivate func text(of finding: ThresholdFinding) -> String? {
    switch finding {
    case .value(let value): text(of: value)
    case .moreThan(let value): "> \(text(of: value))"
    case .empty, .notMeasurable: nil
    }
  }

  /// A value in the limit's unit, for people.
  fileprivate func text(of value: Double) -> String {
    switch aggregate {
    case .rate: QuantityText.percent(value)
    case .count: QuantityText.number(value)
    case .perSecond, .throughput, .goodput: "\(QuantityText.number(value))/s"
    case .costPerExecution: MoneyText.dollars(Decimal(value))
    case .percentile, .mean, .minimum, .maximum, .deviation: QuantityText.duration(nanoseconds: value * 1e9)
    }
  }
}
