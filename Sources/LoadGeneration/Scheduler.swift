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

/// Walks the plan: says which job is due next and when, one phase after the other.
///
/// An open phase is over when its time has passed, whatever is still in flight; a closed one when its last job has
/// ended. The next phase starts at that instant and not when somebody looks.
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

  private let plan: Plan
  private var open: OpenLoad?
  private var closed: ClosedLoad?
  private var entries: EntrySchedule.Iterator?
  private var nextIndex = 0
  private var firstOfPhase = 0
  /// The phases that have started, in order.
  package private(set) var passages: [Passage] = []

  /// A plan whose first phase starts at an instant.
  package init(_ plan: Plan, startingAt start: Int64) {
    self.plan = plan
    begin(0, at: start)
  }

  /// Jobs that have been taken.
  package var scheduled: Int { nextIndex }

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
    let job = ScheduledJob(index: nextIndex, phase: passage.phase, entry: entry, t0: t0)
    nextIndex += 1
    passages[passages.count - 1].scheduled += 1
    open?.goOn()
    closed?.start()
    advance()
    return job
  }

  /// Notes that a job has ended, which makes another due where its phase is closed.
  package mutating func ended(_ job: ScheduledJob, at instant: Int64) {
    guard closed != nil, job.phase == passages.last?.phase else { return }
    closed?.end(at: instant, thinking: plan.phases[job.phase].thinkTime(afterJob: job.index - firstOfPhase))
    advance()
  }

  /// Schedules nothing more.
  package mutating func stop(at instant: Int64) {
    guard !isFinished else { return }
    (open, closed) = (nil, nil)
    passages[passages.count - 1].end = max(instant, passages[passages.count - 1].start)
  }

  private mutating func begin(_ index: Int, at start: Int64) {
    (open, closed) = (nil, nil)
    guard index < plan.phases.count else { return }
    let planned = plan.phases[index]
    entries = planned.entries.makeIterator()
    passages.append(Passage(phase: index, start: start))
    firstOfPhase = nextIndex
    if case .closed(let concurrency, let end, _) = planned.phase.load {
      closed =
        switch end {
        case .jobs(let jobs): ClosedLoad(concurrency, from: start, jobs: jobs, until: nil)
        case .duration(let time): ClosedLoad(concurrency, from: start, jobs: nil, until: start + time.inNanoseconds)
        }
    } else if let arrivals = planned.arrivals {
      open = OpenLoad(arrivals, from: start)
    }
    advance()
  }

  /// Goes on to the next phase where the present one has nothing left.
  private mutating func advance() {
    guard !isFinished, nextDue == nil, closed?.active ?? 0 == 0, let passage = passages.last else { return }
    let length = plan.phases[passage.phase].phase.load.duration?.inNanoseconds ?? 0
    let end = max(passage.start + length, closed?.lastEnd ?? passage.start)
    passages[passages.count - 1].end = end
    begin(passages.count, at: end)
  }
}
