package import Scenarios

/// A job whose turn has come.
package struct ScheduledJob: Sendable, Equatable {
  /// Position in the run, from 0.
  package var index: Int
  /// Position of the phase in the plan.
  package var phase: Int
  /// Position of the entry in the scenario's mix.
  package var entry: Int
  /// Intended arrival, in nanoseconds since the run's start.
  package var t0: Int64
}

/// Walks the plan, or one loop's share of it: says which job is due next and when, one phase after the other.
///
/// An open phase is over when its time has passed, whatever is still in flight; a closed one when its last job has
/// ended. The next phase starts at that instant and not when somebody looks. Where several loops share a closed phase,
/// each waits for the others before the next one.
package struct Scheduler: Sendable {
  /// A phase as it went.
  package struct Passage: Sendable, Equatable {
    package var phase: Int
    package var start: Int64
    /// nil while the phase lasts.
    package var end: Int64?
    package var scheduled = 0

    package init(phase: Int, start: Int64, end: Int64? = nil, scheduled: Int = 0) {
      self.phase = phase
      self.start = start
      self.end = end
      self.scheduled = scheduled
    }
  }

  /// What one loop knows when its jobs of a closed phase have ended.
  package struct PhaseEnd: Sendable, Equatable {
    package var phase: Int
    package var end: Int64
    /// Index of the next phase's first job, as far as this loop can tell.
    package var nextIndex: Int

    package init(phase: Int, end: Int64, nextIndex: Int) {
      self.phase = phase
      self.end = end
      self.nextIndex = nextIndex
    }
  }

  private let plan: Plan
  private let share: PlanShare
  private var open: OpenLoad?
  private var closed: ClosedLoad?
  private var entries: EntrySchedule.Iterator?
  /// Every so many of the phase's jobs are this loop's.
  private var step = 1
  /// Index of the phase's first job.
  private var firstIndex = 0
  /// The next job's number in its phase.
  private var number = 0
  /// The phases that have started, in order.
  package private(set) var passages: [Passage] = []
  /// The closed phase that has ended here and waits for the other loops; `goOn` begins the next.
  package private(set) var waiting: PhaseEnd?
  /// Jobs that have been taken.
  package private(set) var scheduled = 0

  /// A plan whose first phase starts at an instant.
  package init(_ plan: Plan, startingAt start: Int64, share: PlanShare = .whole) {
    self.plan = plan
    self.share = share
    begin(0, at: start)
  }

  /// Nothing more will be due.
  package var isFinished: Bool { open == nil && closed == nil }

  /// When the next job is due; nil where that depends on the end of another, or where there is none.
  package var nextDue: Int64? { open?.next ?? closed?.next }

  /// When the last phase's time is over; nil before the last phase, and where a number of jobs ends it.
  package var arrivalsEnd: Int64? {
    guard let passage = passages.last, passage.phase == plan.phases.count - 1 || isFinished else { return nil }
    if let end = passage.end { return end }
    return plan.phases[passage.phase].phase.load.duration.map { passage.start + $0.inNanoseconds }
  }

  /// The next job, if it is due by then.
  package mutating func take(by now: Int64) -> ScheduledJob? {
    guard let t0 = nextDue, t0 <= now, let passage = passages.last, let entry = entries?.next() else { return nil }
    let job = ScheduledJob(index: firstIndex + number, phase: passage.phase, entry: entry, t0: t0)
    scheduled += 1
    passages[passages.count - 1].scheduled += 1
    skip(entries: step - 1)
    number += step
    open?.goOn(step: step)
    closed?.start()
    advance()
    return job
  }

  /// Notes that a job has ended, which makes another due where its phase is closed.
  package mutating func ended(_ job: ScheduledJob, at instant: Int64) {
    guard closed != nil, job.phase == passages.last?.phase else { return }
    closed?.end(at: instant)
    advance()
  }

  /// Begins the next phase, now that every loop has ended the one before.
  package mutating func goOn(after phase: PhaseEnd) {
    guard waiting?.phase == phase.phase else { return }
    waiting = nil
    finish(phase)
  }

  /// Schedules nothing more.
  package mutating func stop(at instant: Int64) {
    guard !isFinished else { return }
    (open, closed, waiting) = (nil, nil, nil)
    passages[passages.count - 1].end = max(instant, passages[passages.count - 1].start)
  }

  private mutating func begin(_ index: Int, at start: Int64) {
    (open, closed) = (nil, nil)
    guard index < plan.phases.count else { return }
    let planned = plan.phases[index]
    entries = planned.entries.makeIterator()
    passages.append(Passage(phase: index, start: start))
    switch planned.phase.load {
    case .closed(let concurrency, let end): beginClosed(concurrency, until: end, at: start)
    case .constant, .ramp:
      guard let arrivals = planned.arrivals else { return }
      takePart(share)
      open = OpenLoad(arrivals, from: start, first: share.number)
    }
    advance()
  }

  private mutating func beginClosed(_ concurrency: Int, until end: ClosedEnd, at start: Int64) {
    let part = share.among(concurrency)
    takePart(part ?? share)
    let slots = part?.part(of: concurrency) ?? 0
    switch end {
    case .jobs(let jobs): closed = ClosedLoad(slots, from: start, jobs: part?.part(of: jobs) ?? 0, until: nil)
    case .duration(let duration):
      closed = ClosedLoad(slots, from: start, jobs: nil, until: start + duration.inNanoseconds)
    }
  }

  private mutating func takePart(_ share: PlanShare) {
    step = share.count
    number = share.number
    skip(entries: number)
  }

  private mutating func skip(entries count: Int) {
    for _ in 0..<count { _ = entries?.next() }
  }

  /// Goes on to the next phase where the present one has nothing left.
  private mutating func advance() {
    guard !isFinished, waiting == nil, nextDue == nil, closed?.active ?? 0 == 0, let passage = passages.last else {
      return
    }
    let planned = plan.phases[passage.phase]
    let length = planned.phase.load.duration?.inNanoseconds ?? 0
    let end = PhaseEnd(
      phase: passage.phase, end: max(passage.start + length, closed?.lastEnd ?? passage.start),
      nextIndex: firstIndex + (planned.scheduled ?? number))
    let isShared = closed != nil && share.count > 1 && passage.phase < plan.phases.count - 1
    if isShared { waiting = end } else { finish(end) }
  }

  private mutating func finish(_ phase: PhaseEnd) {
    passages[passages.count - 1].end = phase.end
    firstIndex = phase.nextIndex
    begin(passages.count, at: phase.end)
  }
}
