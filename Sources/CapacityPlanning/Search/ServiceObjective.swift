public import RunRecords
public import Scenarios
import Statistics
import Thresholds

/// What a platform promises of each step: conditions as scenarios write them.
public struct ServiceObjective: Sendable, Hashable {
  /// The conditions, all of which have to hold.
  public let conditions: [Threshold]

  /// What is promised where nobody says it: p95 within 3 s, and at most one job in a thousand that fails.
  public static let standard = ["p95(e2e) <= 3s", "rate(succeeded) >= 99.9%"]

  /// Conditions as they are written; refuses what cannot be read or judged of one step.
  public init(_ texts: [String]) throws(PlanningRefusal) {
    var conditions: [Threshold] = []
    for text in texts {
      do {
        conditions.append(try Threshold(parsing: text))
      } catch {
        throw PlanningRefusal(
          "the objective '\(text)': \(error.what)", hint: "\(error.hint); for example 'p95(e2e) < 3s'")
      }
    }
    guard !conditions.isEmpty else {
      throw PlanningRefusal("there is no objective", hint: "give one, for example --slo 'p95(e2e) < 3s'")
    }
    if let odd = conditions.first(where: { $0.window != nil || $0.filters["phase"] != nil }) {
      throw PlanningRefusal(
        "the objective '\(odd.text)' is about a part of a step", hint: "leave out phase and window")
    }
    self.conditions = conditions
  }

  /// What a scenario promises: its thresholds of a whole run or of its only recorded phase, else its `slo`, else the standard.
  public init(_ scenario: Scenario) throws(PlanningRefusal) {
    let hasOnePhase = scenario.phases.count { $0.recorded } == 1
    let promises = scenario.thresholds.filter { threshold in
      let isOfAll = threshold.filters["phase"] == nil || hasOnePhase && threshold.filters.count == 1
      return threshold.severity == .fail && !threshold.abort && threshold.window == nil && isOfAll
    }.map(Self.withoutPhase)
    let milliseconds = scenario.slo.map { Int(($0.inSeconds * 1e3).rounded(.up)) }
    let declared = milliseconds.map { ["p95(e2e) <= \($0)ms", Self.standard[1]] } ?? Self.standard
    try self.init(promises.isEmpty ? declared : promises)
  }

  /// A step has one phase, of another name.
  private static func withoutPhase(_ threshold: Threshold) -> String {
    guard threshold.filters["phase"] != nil, let open = threshold.text.firstIndex(of: "{"),
      let close = threshold.text.firstIndex(of: "}"), open < close
    else { return threshold.text }
    return String(threshold.text[..<open] + threshold.text[threshold.text.index(after: close)...])
  }

  /// Jobs that a step needs for every condition to be judged.
  public var neededJobs: Int {
    conditions.map { condition in
      guard case .percentile(let percent) = condition.aggregate else { return 1 }
      return PercentileRule.needed(for: percent / 100)
    }.max() ?? 1
  }

  /// The bound on a percentile of end-to-end time, in seconds, with which curves are compared; nil where there is none.
  public var latency: (probability: Double, seconds: Double)? {
    conditions.lazy.compactMap { condition in
      guard case .percentile(let percent) = condition.aggregate, condition.subject == "e2e",
        condition.comparison == .less || condition.comparison == .lessOrEqual
      else { return nil }
      return (percent / 100, condition.limit)
    }.first
  }

  /// What a phase of a run does not hold, in sentences; empty where it holds everything.
  public func breaches(_ reading: RunReading, phase: PhaseInfo) -> [String] {
    let rules = ThresholdRules(clock: RunClock(reading.info), sloMilliseconds: reading.info.sloMilliseconds)
    let jobs = reading.records.filter { $0.phase == phase.name }
    return conditions.compactMap { condition in
      var tally = ThresholdTally(condition, rules, keeping: .exact)
      for job in jobs { tally.add(job) }
      let finding = tally.finding(seconds: Double(phase.duration) / 1e9)
      guard condition.isTrue(of: finding) != true else { return nil }
      return "\(condition.text): \(Self.text(finding, condition))"
    }
  }

  private static func text(_ finding: ThresholdFinding, _ condition: Threshold) -> String {
    func value(_ value: Double) -> String {
      switch condition.aggregate {
      case .percentile, .mean, .minimum, .maximum, .deviation: QuantityText.duration(nanoseconds: value * 1e9)
      case .rate: QuantityText.percent(value)
      default: QuantityText.number(value)
      }
    }
    switch finding {
    case .value(let found): return value(found)
    case .moreThan(let found): return "more than \(value(found))"
    case .empty: return "there was no job"
    case .notMeasurable(let reason): return reason
    }
  }
}
