/// A duration that every job has one of, by the names that thresholds and reports use.
public enum Series: String, Codable, Sendable, Hashable, CaseIterable {
  /// Intended arrival to result read: the headline.
  case e2e
  /// Dispatch to result read.
  case service
  /// Intended arrival to dispatch: the generator's own error.
  case lateness
  /// Dispatch to the answer with the job id.
  case submit
  /// Accepted by the queue to handed to an environment.
  case queueWait = "queue_wait"
  /// Handed over to environment ready, for jobs that waited for it.
  case coldStart = "cold_start"
  /// Environment ready to compiler finished.
  case compile
  /// Compiler finished to program finished.
  case run
  /// Program finished to result stored.
  case publish
  /// Result stored to first status read that said so.
  case notice
  /// What the parts of `e2e` leave unexplained.
  case residual

  /// The name for people.
  public var title: String {
    switch self {
    case .e2e: "End to end"
    case .service: "Service"
    case .lateness: "Lateness"
    case .submit: "Submit"
    case .queueWait: "Queue wait"
    case .coldStart: "Cold start"
    case .compile: "Compile"
    case .run: "Run"
    case .publish: "Publish"
    case .notice: "Notice"
    case .residual: "Residual"
    }
  }

  /// The formula, in the names of the instants.
  public var formula: String {
    switch self {
    case .e2e: "t7 − t0"
    case .service: "t7 − t1"
    case .lateness: "t1 − t0"
    case .submit: "t4 − t1"
    case .queueWait: "s2 − s1"
    case .coldStart: "s3 − s2"
    case .compile: "s4 − s3"
    case .run: "s5 − s4"
    case .publish: "s6 − s5"
    case .notice: "t6 − s6"
    case .residual: "e2e − parts"
    }
  }
}

/// A job's value in a series.
public struct SeriesValue: Sendable, Hashable {
  /// The duration, or, where the job never finished, its age.
  public var nanoseconds: Int64
  /// The job never finished, so that the true value is larger.
  public var isCensored: Bool

  /// A value.
  public init(nanoseconds: Int64, isCensored: Bool = false) {
    self.nanoseconds = nanoseconds
    self.isCensored = isCensored
  }
}
