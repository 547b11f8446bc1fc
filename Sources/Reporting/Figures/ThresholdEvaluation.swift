import Foundation
import Jobs
import Pricing
import RunRecords
import Scenarios
import Statistics

/// Decides thresholds over the recorded jobs of a run.
struct ThresholdEvaluation {
  /// What stands before a threshold in a run's list where it says what must not happen.
  static let abortPrefix = "abort: "

  let recorded: JobRecords
  let clock: RunClock

  func result(of text: String) -> ThresholdResult {
    let isAbort = text.hasPrefix(Self.abortPrefix)
    let condition = isAbort ? String(text.dropFirst(Self.abortPrefix.count)) : text
    guard let threshold = try? Threshold(parsing: condition) else {
      return ThresholdResult(
        text: text, measured: nil, verdict: .notMeasurable, sentence: "This version cannot read the condition.")
    }
    return decided(threshold, as: text, negated: isAbort || threshold.abort)
  }

  private func decided(_ threshold: Threshold, as text: String, negated: Bool) -> ThresholdResult {
    let jobs = recorded.filter { threshold.includes($0) }
    switch finding(threshold, jobs) {
    case .nothing(let why):
      // An abort condition that nothing speaks for did not come true.
      return ThresholdResult(
        text: text, measured: nil, verdict: negated ? .passed : .notMeasurable,
        sentence: negated ? "Nothing to measure, so it did not come true." : "Not measurable, so not met: \(why).")
    case .value(let value):
      let holds = threshold.isTrue(of: value) != negated
      return sentence(threshold, text, threshold.print(value), holds)
    case .atLeast(let value):
      return bounded(threshold, text, value, negated)
    }
  }

  /// A figure that is only known to be larger than a value decides a condition where any larger value would too.
  private func bounded(_ threshold: Threshold, _ text: String, _ value: Double, _ negated: Bool) -> ThresholdResult {
    let measured = "> \(threshold.print(value))"
    switch threshold.comparison {
    case .less where value >= threshold.limit, .lessOrEqual where value >= threshold.limit,
      .equal where value >= threshold.limit:
      return sentence(threshold, text, measured, negated)
    case .greater where value >= threshold.limit, .greaterOrEqual where value >= threshold.limit,
      .notEqual where value >= threshold.limit:
      return sentence(threshold, text, measured, !negated)
    default:
      return ThresholdResult(
        text: text, measured: measured, verdict: .notMeasurable,
        sentence: "Not measurable, so not met: unfinished jobs leave only that it is more than "
          + "\(threshold.print(value)).")
    }
  }

  private func sentence(
    _ threshold: Threshold, _ text: String, _ measured: String, _ holds: Bool
  ) -> ThresholdResult {
    ThresholdResult(
      text: text, measured: measured, verdict: holds ? .passed : .failed,
      sentence: "\(holds ? "Met" : "Not met"): measured \(measured), limit \(threshold.comparison.rawValue) "
        + "\(threshold.print(threshold.limit)).")
  }

  enum Finding {
    case value(Double)
    case atLeast(Double)
    case nothing(String)
  }

  private func finding(_ threshold: Threshold, _ jobs: JobRecords) -> Finding {
    guard !jobs.isEmpty else { return .nothing("no recorded job fits the filters") }
    switch threshold.aggregate {
    case .rate, .count: return counted(threshold, jobs)
    case .costPerExecution:
      guard let cost = cost(jobs) else { return .nothing("the platform does not tell what would be billed") }
      return .value(cost)
    case .percentile, .mean, .minimum, .maximum:
      guard let series = Series(rawValue: threshold.subject) else { return .nothing("there is no such series") }
      return summarised(threshold.aggregate, Sample(series, of: jobs, on: clock))
    }
  }

  private func counted(_ threshold: Threshold, _ jobs: JobRecords) -> Finding {
    let known: JobRecords
    let bad: Int
    if threshold.subject == "cold" {
      known = jobs.filter { $0.waitedForEnvironment != nil }
      bad = known.count { $0.waitedForEnvironment == true }
      if known.isEmpty { return .nothing("the platform does not tell which jobs waited for an environment") }
    } else {
      known = jobs
      bad = jobs.count { $0.outcome.rawValue == threshold.subject }
    }
    return .value(threshold.aggregate == .count ? Double(bad) : Double(bad) / Double(known.count))
  }

  private func summarised(_ aggregate: Threshold.Aggregate, _ sample: Sample) -> Finding {
    guard sample.count > 0 else { return .nothing("no job has a value in this series") }
    func bound(_ nanoseconds: Double, _ isCensored: Bool) -> Finding {
      isCensored ? .atLeast(nanoseconds / 1e9) : .value(nanoseconds / 1e9)
    }
    switch aggregate {
    case .percentile(let percent): return quantile(percent / 100, sample)
    case .minimum: return .value(Double(sample.minimum ?? 0) / 1e9)
    case .maximum: return bound(Double(sample.maximum ?? 0), sample.censoredCount > 0)
    default: return bound(sample.mean ?? 0, sample.censoredCount > 0)
    }
  }

  private func quantile(_ probability: Double, _ sample: Sample) -> Finding {
    switch sample.quantile(probability).value {
    case .exactly(let value): return .value(Double(value) / 1e9)
    case .moreThan(let value): return .atLeast(Double(value) / 1e9)
    case .notAvailable:
      let name = PercentileRule.name(probability)
      let needed = QuantityText.grouped(PercentileRule.needed(for: probability))
      return .nothing("\(name) needs \(needed) jobs, there are \(QuantityText.grouped(sample.count))")
    }
  }

  private func cost(_ jobs: JobRecords) -> Double? {
    let figures = CostFigures(jobs, info: nil)
    return figures.all.perExecution.map { NSDecimalNumber(decimal: $0).doubleValue }
  }
}

extension Threshold {
  fileprivate func includes(_ record: JobRecord) -> Bool {
    filters.allSatisfy { key, value in
      switch key {
      case "phase": record.phase == value
      case "language": record.language.rawValue == value
      case "entry": record.entry == value
      default: false
      }
    }
  }

  /// A value in the limit's unit, for people.
  fileprivate func print(_ value: Double) -> String {
    switch aggregate {
    case .rate: QuantityText.percent(value)
    case .count: QuantityText.number(value)
    case .costPerExecution: MoneyText.dollars(Decimal(value))
    case .percentile, .mean, .minimum, .maximum: QuantityText.duration(nanoseconds: value * 1e9)
    }
  }
}
