/// What bounds a run, so that a mistake in a scenario ends instead of growing.
public struct RunLimits: Sendable, Hashable {
  /// Jobs that may be submitted and not yet ended at once.
  public var maximumInFlight: Int
  /// What happens to a job that is due while the cap is reached.
  public var onLimit: OnLimit
  /// Time from a job's intended arrival after which it counts as timed out.
  public var jobDeadline: Duration
  /// Time after the last arrival in which jobs may still end.
  public var drain: Duration
  /// Millionths of a dollar that the run may cost; nil is no limit.
  public var maximumCostMicrodollars: Int?

  /// Limits with their defaults.
  public init(
    maximumInFlight: Int = 5_000, onLimit: OnLimit = .queue, jobDeadline: Duration = .seconds(60),
    drain: Duration = .seconds(90), maximumCostMicrodollars: Int? = nil
  ) {
    self.maximumInFlight = maximumInFlight
    self.onLimit = onLimit
    self.jobDeadline = jobDeadline
    self.drain = drain
    self.maximumCostMicrodollars = maximumCostMicrodollars
  }
}

/// What happens to a job that is due while as many are in flight as may be.
public enum OnLimit: String, Sendable, Hashable, CaseIterable {
  /// It is sent as soon as another ends; its latency counts from when it was due.
  case queue
  /// It is not sent, and counts as dropped.
  case drop
}
