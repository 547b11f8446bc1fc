import Jobs
public import RunRecords
public import Scenarios

/// What a threshold needs to know of a run beside its jobs.
public struct ThresholdRules: Sendable {
  /// Puts the platform's instants on the run's time line.
  public var clock: RunClock
  /// The time within which a success is goodput; nil where every success is.
  public var sloMilliseconds: Double?
  /// Dollars that an execution would have cost; nil where the platform does not tell.
  public var cost: (@Sendable (JobRecord) -> Double?)?

  /// The rules of a run.
  public init(
    clock: RunClock, sloMilliseconds: Double? = nil, cost: (@Sendable (JobRecord) -> Double?)? = nil
  ) {
    self.clock = clock
    self.sloMilliseconds = sloMilliseconds
    self.cost = cost
  }
}

extension Threshold {
  /// Whether the filters leave a job.
  public func includes(_ record: JobRecord) -> Bool {
    filters.allSatisfy { key, value in
      switch key {
      case "phase": record.phase == value
      case "language": record.language.rawValue == value
      case "entry": record.entry == value
      case "start": record.timings?.start?.rawValue == value
      case "outcome": record.outcome.rawValue == value
      default: false
      }
    }
  }
}
