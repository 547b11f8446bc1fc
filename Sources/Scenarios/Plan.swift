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

  private enum Purpose {
    static let arrivals: UInt64 = 1
    static let entries: UInt64 = 2
  }

  init(_ phase: Phase, index: Int, process: ArrivalProcess, seed: UInt64) {
    self.phase = phase
    self.index = index
    let number = UInt64(index)
    arrivals = Self.profile(of: phase.load).map { profile in
      ArrivalSchedule(
        profile,
        randomness: process == .poisson
          ? RandomStream(seed: seed, purpose: Purpose.arrivals, index: number) : nil)
    }
    scheduled =
      switch phase.load {
      case .constant, .ramp: arrivals?.count
      case .closed(_, .jobs(let jobs)): jobs
      case .closed(_, .duration): nil
      }
    entries = EntrySchedule(
      phase.selection, jobs: scheduled,
      randomness: RandomStream(seed: seed, purpose: Purpose.entries, index: number))
  }

  private static func profile(of load: PhaseLoad) -> RateProfile? {
    switch load {
    case .constant(let rate, let duration): RateProfile(from: rate, to: rate, seconds: duration.inSeconds)
    case .ramp(let from, let to, let duration): RateProfile(from: from, to: to, seconds: duration.inSeconds)
    case .closed: nil
    }
  }
}
