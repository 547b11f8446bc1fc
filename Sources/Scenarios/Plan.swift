/// What is due when: pure data from a scenario and its seed, known before anything is sent.
public struct Plan: Sendable {
  /// What the plan was made from.
  public let scenario: Scenario
  /// The phases in order.
  public let phases: [PlannedPhase]

  /// Expands a scenario.
  public init(_ scenario: Scenario) {
    self.scenario = scenario
    phases = scenario.phases.enumerated().map { index, phase in
      PlannedPhase(phase, index: index, process: scenario.process, seed: scenario.seed)
    }
  }

  /// Jobs in all, without those of closed phases that end by time, whose number is an outcome.
  public var scheduled: Int { phases.reduce(0) { $0 + ($1.scheduled ?? 0) } }
}

/// A phase with its arrivals.
public struct PlannedPhase: Sendable {
  /// The phase as the scenario says it.
  public let phase: Phase
  /// Its position among the phases.
  public let index: Int
  /// Jobs; nil for a closed phase that ends by time, whose number is an outcome.
  public let scheduled: Int?
  /// When jobs are due from the phase's start; nil for a closed phase, where a job is due when another ends.
  public let arrivals: ArrivalSchedule?
  /// Which entry each job is.
  public let entries: EntrySchedule

  private let seed: UInt64

  private enum Purpose {
    static let arrivals: UInt64 = 1
    static let entries: UInt64 = 2
    static let mixing: UInt64 = 6
  }

  init(_ phase: Phase, index: Int, process: ArrivalProcess, seed: UInt64) {
    self.phase = phase
    self.index = index
    self.seed = seed
    func stream(_ purpose: UInt64) -> RandomStream {
      RandomStream(seed: seed, purpose: purpose, index: UInt64(index))
    }
    arrivals = phase.load.arrivals(
      .init(gaps: process == .poisson ? stream(Purpose.arrivals) : nil, mixing: stream(Purpose.mixing)))
    scheduled =
      switch phase.load {
      case .closed(_, .jobs(let jobs), _): jobs
      case .closed(_, .duration, _): nil
      default: arrivals?.count
      }
    entries = EntrySchedule(phase.selection, jobs: scheduled, randomness: stream(Purpose.entries))
  }

  /// Nanoseconds that a user of a closed phase waits after the job with this number in the phase.
  package func thinkTime(afterJob job: Int) -> Int64 {
    guard case .closed(_, _, let think?) = phase.load else { return 0 }
    return think.nanoseconds(seed: seed, phase: index, job: job)
  }
}
