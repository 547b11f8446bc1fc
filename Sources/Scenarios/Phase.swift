/// A stretch of a run with one rule for its arrivals.
public struct Phase: Sendable, Hashable {
  /// Unique in its scenario.
  public var name: String
  /// When jobs arrive.
  public var load: PhaseLoad
  /// What arrives.
  public var selection: MixSelection
  /// False for a warm-up phase, which no figure includes.
  public var recorded: Bool
  /// The phase claims to be in a steady state, which the report then checks.
  public var requiresSteadyState: Bool

  /// A phase that is recorded unless said otherwise.
  public init(
    name: String, load: PhaseLoad, selection: MixSelection, recorded: Bool = true, requiresSteadyState: Bool = false
  ) {
    self.name = name
    self.load = load
    self.selection = selection
    self.recorded = recorded
    self.requiresSteadyState = requiresSteadyState
  }
}

/// When the jobs of a phase arrive.
public enum PhaseLoad: Sendable, Hashable {
  /// The same rate throughout, in jobs per second.
  case constant(rate: Double, for: Duration)
  /// A rate that changes in a straight line, in jobs per second.
  case ramp(from: Double, to: Double, for: Duration)
  /// So many jobs in flight at any time, each replaced when it ends.
  case closed(concurrency: Int, until: ClosedEnd)

  /// The kind as a scenario writes it.
  public var kind: String {
    switch self {
    case .constant, .closed: "constant"
    case .ramp: "ramp"
    }
  }

  /// How long jobs arrive; nil where a number of jobs ends the phase.
  public var duration: Duration? {
    switch self {
    case .constant(_, let duration), .ramp(_, _, let duration), .closed(_, .duration(let duration)): duration
    case .closed(_, .jobs): nil
    }
  }
}

/// What ends a closed phase; jobs in flight then run out before the next phase starts.
public enum ClosedEnd: Sendable, Hashable {
  /// No job starts after this time.
  case duration(Duration)
  /// So many jobs have been started.
  case jobs(Int)
}

/// Which entries of the mix a phase takes, and in what order.
public enum MixSelection: Sendable, Hashable {
  /// These entries (positions in `Scenario.mix`) one after the other, again and again.
  case inOrder([Int])
  /// Exact proportions in an order that the seed decides.
  case shares([MixShare])
}

/// An entry's part of a phase.
public struct MixShare: Sendable, Hashable {
  /// Position in `Scenario.mix`.
  public var entry: Int
  /// The entry's part, in the unit of the other shares' weights; above 0.
  public var weight: Double

  /// A part of a phase.
  public init(entry: Int, weight: Double) {
    self.entry = entry
    self.weight = weight
  }
}
