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
  /// What is done to a local stack when the phase begins; nil leaves it alone.
  public var fault: StackFault?

  /// A phase that is recorded unless said otherwise.
  public init(
    name: String, load: PhaseLoad, selection: MixSelection, recorded: Bool = true, requiresSteadyState: Bool = false,
    fault: StackFault? = nil
  ) {
    self.name = name
    self.load = load
    self.selection = selection
    self.recorded = recorded
    self.requiresSteadyState = requiresSteadyState
    self.fault = fault
  }
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
