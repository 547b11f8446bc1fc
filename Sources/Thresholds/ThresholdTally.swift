public import RunRecords
public import Scenarios
import Statistics

/// The jobs that a threshold is about, added one at a time, and the figure that they come to.
///
/// While a run goes, in bounded memory; over a stored run, exactly. Both follow the same rules: a job without an end
/// counts at its age, and a percentile needs ten values beyond it.
public struct ThresholdTally: Sendable {
  /// How values are kept.
  public enum Precision: Sendable {
    /// Every value.
    case exact
    /// A histogram with three significant digits.
    case bounded
  }

  private let threshold: Threshold
  private let rules: ThresholdRules
  private var values: SeriesTally
  /// Jobs that the filters leave.
  public private(set) var jobs = 0
  /// Jobs of which it is known whether they are of the counted kind.
  private var known = 0
  private var counted = 0
  private var dollars = 0.0
  private var priced = 0
  /// The first intended arrival and the last end, in nanoseconds since the run's start; nil before the first job.
  public private(set) var span: (first: Int64, last: Int64)?

  /// A threshold that no job has been added to.
  public init(_ threshold: Threshold, _ rules: ThresholdRules, keeping precision: Precision) {
    self.threshold = threshold
    self.rules = rules
    values = SeriesTally(precision)
  }

  /// Adds a job, if the filters leave it.
  public mutating func add(_ record: JobRecord) {
    guard threshold.includes(record) else { return }
    jobs += 1
    span = (min(span?.first ?? record.t0, record.t0), max(span?.last ?? record.endedAt, record.endedAt))
    switch threshold.aggregate {
    case .rate, .count, .perSecond: count(isCounted(record))
    case .throughput: count(record.t7 != nil)
    case .goodput: count(record.isGood(sloMilliseconds: rules.sloMilliseconds))
    case .costPerExecution:
      guard record.jobId != nil, let cost = rules.cost?(record) else { return }
      dollars += cost
      priced += 1
    case .percentile, .mean, .minimum, .maximum, .deviation:
      guard let series = Series(rawValue: threshold.subject) else { return }
      if let value = record.value(of: series, on: rules.clock) { values.add(value) }
    }
  }

  /// The figure, which for a rate per second is over so many seconds; no other asks for them.
  public func finding(seconds: @autoclosure () -> Double) -> ThresholdFinding {
    guard jobs > 0 else { return .empty }
    switch threshold.aggregate {
    case .rate, .count, .perSecond, .throughput, .goodput:
      guard known > 0 else {
        return .notMeasurable("the platform does not tell which jobs waited for an environment")
      }
      return counting(seconds)
    case .costPerExecution:
      return priced > 0
        ? .value(dollars / Double(priced)) : .notMeasurable("the platform does not tell what would be billed")
    case .percentile, .mean, .minimum, .maximum, .deviation: return values.finding(threshold.aggregate)
    }
  }

  private func counting(_ seconds: () -> Double) -> ThresholdFinding {
    switch threshold.aggregate {
    case .count: return .value(Double(counted))
    case .rate: return .value(Double(counted) / Double(known))
    default:
      let seconds = seconds()
      return seconds > 0 ? .value(Double(counted) / seconds) : .empty
    }
  }

  private mutating func count(_ isCounted: Bool?) {
    guard let isCounted else { return }
    known += 1
    if isCounted { counted += 1 }
  }

  private func isCounted(_ record: JobRecord) -> Bool? {
    threshold.subject == "cold" ? record.waitedForEnvironment : record.outcome.rawValue == threshold.subject
  }
}
