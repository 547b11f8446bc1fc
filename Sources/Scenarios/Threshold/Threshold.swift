/// A condition that a run must meet, for example `p95(e2e){phase=steady} < 2s`.
public struct Threshold: Sendable, Hashable {
  /// What is computed over the jobs that the filters leave.
  public enum Aggregate: Sendable, Hashable {
    /// A percentile of a series, from 0 to 100, for example 99.9.
    case percentile(Double)
    case mean
    case minimum
    case maximum
    /// The standard deviation of a series.
    case deviation
    /// The share of jobs with an outcome, or that waited for a cold start.
    case rate
    /// The number of jobs with an outcome, or that waited for a cold start.
    case count
    /// Jobs a second with an outcome, or that waited for a cold start.
    case perSecond
    /// Results read a second, whatever they were.
    case throughput
    /// Jobs a second that succeeded, within the SLO where one is declared.
    case goodput
    /// Dollars for one execution.
    case costPerExecution
  }

  /// How the value is compared with the limit.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case greater = ">"
  }

  /// What follows where the condition does not hold.
  public enum Severity: String, Sendable, Hashable, CaseIterable {
    /// It is said, and the run passes all the same.
    case warn
    /// The run has failed.
    case fail
  }

  /// What is computed.
  public var aggregate: Aggregate
  /// A series (`e2e`), an outcome (`succeeded`) or `cold`; empty where the aggregate says it all.
  public var subject: String
  /// What jobs must have in common, by `phase`, `language`, `entry`, `start` or `outcome`.
  public var filters: [String: String]
  /// The condition is about every stretch of this length for itself; nil is about all of it at once.
  public var window: Duration?
  /// How the value is compared.
  public var comparison: Comparison
  /// The limit: seconds for a series, 0 to 1 for a rate, jobs a second, dollars for a cost.
  public var limit: Double
  /// The condition as the scenario writes it.
  public var text: String
  /// Line of the scenario file; 0 where it came from elsewhere.
  public var line: Int
  /// What follows where it does not hold.
  public var severity: Severity
  /// The condition says what must not happen, and ends the run when it does.
  public var abort: Bool
  /// Seconds from the run's start before which `abort` does nothing.
  public var afterSeconds: Double

  /// A condition.
  public init(
    aggregate: Aggregate, subject: String, filters: [String: String] = [:], window: Duration? = nil,
    comparison: Comparison, limit: Double, text: String, line: Int = 0, severity: Severity = .fail,
    abort: Bool = false, afterSeconds: Double = 0
  ) {
    self.aggregate = aggregate
    self.subject = subject
    self.filters = filters
    self.window = window
    self.comparison = comparison
    self.limit = limit
    self.text = text
    self.line = line
    self.severity = severity
    self.abort = abort
    self.afterSeconds = afterSeconds
  }

  /// Whether the comparison is true of a value in the limit's unit.
  ///
  /// For a threshold that is a promise; for one with `abort`, true means that the run has to end.
  public func isTrue(of value: Double) -> Bool {
    switch comparison {
    case .less: value < limit
    case .lessOrEqual: value <= limit
    case .greater: value > limit
    case .greaterOrEqual: value >= limit
    case .equal: value == limit
    case .notEqual: value != limit
    }
  }

  /// Whether the comparison is true of every value above this one (true), of none (false), or of some (nil).
  public func isTrue(ofAllAbove value: Double) -> Bool? {
    guard value >= limit else { return nil }
    return switch comparison {
    case .less, .lessOrEqual, .equal: false
    case .greater, .greaterOrEqual, .notEqual: true
    }
  }
}
