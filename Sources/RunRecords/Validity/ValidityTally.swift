import Statistics

/// What validity asks of a run's jobs, from one look at each.
///
/// Jobs come in plan order, as a stored run has them; where they do not, the balance looks at them again.
package struct ValidityTally: Sendable {
  private let clock: RunClock
  private let windows: [(start: Int64, end: Int64)]
  private(set) var phases: [String: PhaseTally]
  private(set) var outcomes: [JobOutcome: Int] = [:]
  /// Jobs of every phase.
  private(set) var kept = 0
  /// Jobs with the index of the one before; nil where indices went back, so that this cannot be said.
  private(set) var repeated: Int? = 0
  private var lastIndex = -1
  private var turns = VolleyTurns()
  /// Nanoseconds that jobs were in flight within the recorded phases.
  private(set) var nanosecondsInFlight = 0.0

  /// Jobs of recorded phases.
  private(set) var recorded = 0
  private(set) var dropped = 0
  /// How long after its turn each job was sent, which is after its instant where it is not one of a burst.
  private(set) var lateness = SampleCollector()
  /// Jobs of recorded phases that were due at the same instant as another before them.
  private(set) var inVolleys = 0
  private(set) var e2e = SampleCollector()
  private(set) var decomposed = 0
  private(set) var mismatched = 0
  private(set) var largestResidual: Int64 = 0

  /// A run of which no job has been looked at.
  package init(_ info: RunInfo) {
    clock = RunClock(info)
    windows = info.phases.filter(\.recorded).map { ($0.start, $0.start + $0.duration) }
    phases = Dictionary(
      info.phases.map { ($0.name, PhaseTally($0, dropsAllowed: info.dropsAllowed)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Looks at a job.
  package mutating func add(_ job: JobRecord) {
    kept += 1
    outcomes[job.outcome, default: 0] += 1
    noteIndex(job.index)
    noteInFlight(job)
    let value = job.value(of: .e2e, on: clock)
    let turn = turns.next(due: job.t0)
    phases[job.phase]?.add(job, e2e: value, turn: turn, ahead: turns.ahead)
    guard job.recorded else { return }
    recorded += 1
    if job.outcome == .dropped { dropped += 1 }
    if let value { e2e.add(value.nanoseconds, isCensored: value.isCensored) }
    if turn > 0 { inVolleys += 1 }
    if let late = job.value(of: .lateness, on: clock) { lateness.add(max(late.nanoseconds - turn, 0)) }
    if let parts = Decomposition(job, on: clock) { note(parts) }
  }

  private mutating func noteIndex(_ index: Int) {
    if index < lastIndex { repeated = nil }
    if index == lastIndex { repeated? += 1 }
    lastIndex = index
  }

  private mutating func noteInFlight(_ job: JobRecord) {
    guard let t1 = job.t1 else { return }
    for window in windows {
      nanosecondsInFlight += Double(max(0, min(window.end, job.endedAt) - max(window.start, t1)))
    }
  }

  private mutating func note(_ parts: Decomposition) {
    decomposed += 1
    if !parts.addsUp { mismatched += 1 }
    if abs(parts[.residual]) > abs(largestResidual) { largestResidual = parts[.residual] }
  }
}

/// What validity asks of the jobs of one phase.
struct PhaseTally: Sendable {
  let phase: PhaseInfo
  private let dropsAllowed: Bool
  private(set) var jobs = 0
  /// Jobs that were sent, or refused as the scenario wants it.
  private(set) var sent = 0
  private(set) var lastSent: Int64?
  /// When the last of the phase's jobs had its turn.
  private(set) var lastDue: Int64?
  /// Of the volley that took longest to send: how many jobs it had, and when its last was sent after its instant.
  private(set) var largestVolley: (jobs: Int, spread: Int64) = (0, 0)
  /// When jobs were due, and their e2e, where the phase is meant to be steady.
  private(set) var course: [(due: Int64, e2e: Int64)] = []

  init(_ phase: PhaseInfo, dropsAllowed: Bool) {
    self.phase = phase
    self.dropsAllowed = dropsAllowed
  }

  /// Whether end-to-end time should neither rise nor fall.
  var isMeantSteady: Bool { phase.recorded && phase.kind == "constant" && !phase.closed }

  /// Looks at a job whose turn comes so long after its instant, behind so many others.
  mutating func add(_ job: JobRecord, e2e: SeriesValue?, turn: Int64, ahead: Int) {
    jobs += 1
    lastDue = max(lastDue ?? job.t0, job.t0 + turn)
    if ahead > 0, let t1 = job.t1, t1 - job.t0 > largestVolley.spread { largestVolley = (ahead + 1, t1 - job.t0) }
    if job.t1 != nil || dropsAllowed && job.outcome == .dropped { sent += 1 }
    if let t1 = job.t1 { lastSent = max(lastSent ?? t1, t1) }
    if isMeantSteady, let e2e { course.append((job.t0, e2e.nanoseconds)) }
  }
}
