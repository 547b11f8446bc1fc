/// What happened in one second of a run, jobs of every phase counted.
public struct RunWindow: Codable, Sendable, Hashable {
  /// Seconds from the run's start to the window's start.
  public var second: Int
  /// Jobs that the plan wanted sent.
  public var offered = 0
  /// Jobs that were sent.
  public var sent = 0
  /// Jobs that the platform accepted.
  public var accepted = 0
  /// Jobs whose result was read.
  public var completed = 0
  /// Jobs among them that succeeded.
  public var succeeded = 0
  /// Jobs among those that met the SLO; all that succeeded where none is declared.
  public var good = 0
  /// Jobs whose result was read and that had waited for a cold start.
  public var cold = 0
  /// Jobs that were refused, by the time of the refusal.
  public var rejected = 0
  /// Mean jobs in flight, from dispatch to end.
  public var inFlight = 0.0

  /// A window in which nothing happened.
  public init(second: Int) {
    self.second = second
  }

  /// The windows of a run, without a gap from its start to its last event.
  public static func all(of records: some Sequence<JobRecord>, sloMilliseconds: Double?) -> [RunWindow] {
    var tally = WindowTally(sloMilliseconds: sloMilliseconds)
    for record in records { tally.add(record) }
    return tally.windows
  }
}

extension JobRecord {
  /// Whether the job counts as goodput: it succeeded, and within the SLO where one is declared.
  public func isGood(sloMilliseconds: Double?) -> Bool {
    guard outcome == .succeeded, let t7 else { return false }
    guard let sloMilliseconds else { return true }
    return Double(t7 - t0) <= sloMilliseconds * 1e6
  }
}
