/// A condition that a run must meet, for example `p95(e2e){phase=steady} < 2s`.
public struct Threshold: Sendable, Hashable {
  /// What is computed over the jobs that the filters leave.
  public enum Aggregate: Sendable, Hashable {
    /// A percentile of a series, from 0 to 100, for example 99.9.
    case percentile(Double)
    case mean
    case minimum
    case maximum
    /// The share of jobs with an outcome, or that waited for a cold start.
    case rate
    /// The number of jobs with an outcome, or that waited for a cold start.
    case count
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

  /// What is computed.
  public var aggregate: Aggregate
  /// A series (`e2e`), an outcome (`succeeded`) or `cold`; empty for the cost of an execution.
  public var subject: String
  /// What jobs must have in common, by `phase`, `language` or `entry`.
  public var filters: [String: String]
  /// How the value is compared.
  public var comparison: Comparison
  /// The limit: seconds for a series, 0 to 1 for a rate, dollars for a cost.
  public var limit: Double
  /// The condition as the scenario writes it.
  public var text: String
  /// Line of the scenario file; 0 where it came from elsewhere.
  public var line: Int
  /// The condition says what must not happen, and ends the run when it does.
  public var abort: Bool
  /// Seconds from the run's start before which `abort` does nothing.
  public var afterSeconds: Double

  /// A condition.
  public init(
    aggregate: Aggregate, subject: String, filters: [String: String] = [:], comparison: Comparison, limit: Double,
    text: String, line: Int = 0, abort: Bool = false, afterSeconds: Double = 0
  ) {
    self.aggregate = aggregate
    self.subject = subject
    self.filters = filters
    self.comparison = comparison
    self.limit = limit
    self.text = text
    self.line = line
    self.abort = abort
    self.afterSeconds = afterSeconds
  }

  /// The condition as a run's record keeps it: one that may end the run says so, since it reads the other way round.
  public var recordText: String { abort ? "abort: \(text)" : text }

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

  /// The series that a threshold may name, as the report computes them for every job.
  public static let series = [
    "e2e", "service", "lateness", "submit", "queue_wait", "cold_start", "compile", "run", "publish", "notice",
    "residual",
  ]

  /// What a rate or a count may be of.
  public static let countable = [
    "succeeded", "wrong_result", "failed", "timed_out", "rejected", "dropped", "lost", "censored", "cold",
  ]

  /// What a filter may look at.
  public static let filterKeys = ["phase", "language", "entry"]
}
