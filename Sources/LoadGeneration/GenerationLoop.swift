import Curl
import Glibc
import HostSystem
import Jobs
import RunRecords
import Scenarios

/// A thread that sends a plan, or its share of one, follows its jobs and measures: it owns all that it works with.
///
/// With other loops it has in common only what `SharedRun` names, none of it touched more than once or twice a job.
///
/// A turn takes what is due, moves bytes, hands events to the jobs' state machines and does what they say; then it
/// waits for a socket, for the next due instant or for a stop, whichever comes first.
final class GenerationLoop {
  let plan: Plan
  let requests: RequestBook
  let deadline: Int64
  let share: PlanShare
  let shared: SharedRun
  var transfers: TransferLoop
  var scheduler: Scheduler
  var jobs = JobTable()
  var timers = TimerQueue()
  var deadlines = DeadlineQueue()
  var inFlight: InFlightIntegral
  var records: RecordOutlet
  /// Wake-ups that were asked for so far: each has a number of its own, since places in the table are used again.
  var wakes = 0
  var heldOpen = 0
  var waitCapSeconds: Int?
  /// A job is due that the cap keeps from being sent.
  var waitsForRoom = false
  private let outlet: LoopOutlet
  private let target: Target
  private let mostHeldOpen: Int
  private var end = RunEnd.completed
  private var stopsSeen = 0
  private var stoppedAt: Int64?
  private var nextHousekeeping: Int64 = 0
  private var passagesSeen = 0
  /// The thread goes before others, as the generator has told it to.
  private var isPreferred = true

  /// Jobs that one turn sends before it moves bytes.
  private static let batch = 64
  /// Records that may wait for the collector before it is given more of the processor.
  private static let backlog = 8_192

  init(
    _ plan: Plan, _ target: Target, connections: Int, share: PlanShare, shared: SharedRun, outlet: LoopOutlet
  ) throws(CurlError) {
    self.plan = plan
    self.target = target
    self.share = share
    self.shared = shared
    self.outlet = outlet
    records = RecordOutlet(outlet.records)
    requests = RequestBook(target, plan.scenario.mix, jobDeadline: plan.scenario.limits.jobDeadline)
    deadline = plan.scenario.limits.jobDeadline.inNanoseconds
    // Requests that are held open must leave connections for submissions.
    mostHeldOpen = max(connections * 3 / 4, 1)
    transfers = try TransferLoop(
      TransferLimits(
        connections: connections, connectMilliseconds: Int(target.http.connectTimeout.inNanoseconds / 1_000_000),
        keepAlive: target.http.keepAlive, bodyBytes: target.http.maximumBodyBytes,
        redirects: target.http.maximumRedirects, connection: target.connection,
        watchedHeaders: ["retry-after", "job-wait-max-seconds"]),
      wakeSignal: shared.control.wakeSignals[share.loop])
    scheduler = Scheduler(plan, startingAt: shared.start, share: share)
    inFlight = InFlightIntegral(from: shared.start)
  }

  /// Nanoseconds since the run's start.
  var now: Int64 { MonotonicInstant.now - shared.origin.monotonic }

  /// Runs the plan to its end.
  func run() -> LoopResult {
    let usage = ThreadUsage.now
    let start = now
    while true {
      obeyStops()
      meetOthers()
      followPhases(to: now)
      fireTimers()
      dispatch()
      exchange()
      if now >= nextHousekeeping { keepHouse() }
      if isOver { break }
      transfers.wait(until: nextInstant.map { shared.origin.monotonic + $0 })
    }
    if let last = scheduler.passages.last?.end { inFlight.record(false, at: last) }
    keepHouse()
    let duration = now
    let length = Double(max(duration - start, 1))
    let used = ThreadUsage.now.since(usage)
    handOver()
    return LoopResult(
      passages: scheduler.passages, scheduled: scheduler.scheduled, end: end, duration: duration, inFlight: inFlight,
      cpuShare: Double(used.running) / length, waitingShare: used.waiting.map { Double($0) / length })
  }

  /// Waits until the collector, which goes on until the loops have ended, has room for every record.
  private func handOver() {
    while records.waiting > 0 {
      usleep(1_000)
      records.flush()
    }
  }

  // MARK: When

  private var isOver: Bool { jobs.count == 0 && scheduler.isFinished }

  /// When the drain window closes; nil while arrivals go on.
  private var drainEnd: Int64? {
    (stoppedAt ?? scheduler.arrivalsEnd).map { $0 + plan.scenario.limits.drain.inNanoseconds }
  }

  private var nextInstant: Int64? {
    // With no place for another job, the one that is due waits, until its deadline at most.
    let due = scheduler.nextDue.map { waitsForRoom && $0 <= now ? $0 + deadline : $0 }
    return [due, timers.next, deadlines.first?.instant, drainEnd, nextHousekeeping].compactMap(\.self).min()
  }

  private func followPhases(to now: Int64) {
    let passages = scheduler.passages
    while passagesSeen < passages.count, passages[passagesSeen].start <= now {
      let passage = passages[passagesSeen]
      inFlight.record(plan.phases[passage.phase].phase.recorded, at: passage.start)
      passagesSeen += 1
    }
    if scheduler.isFinished, let end = passages.last?.end, end <= now { inFlight.record(false, at: end) }
  }

  // MARK: Jobs that are due

  private func dispatch() {
    for _ in 0..<Self.batch {
      guard let due = scheduler.nextDue, due <= now else { return }
      guard takePlace() else {
        if refuseOrExpire(due) { continue }
        return
      }
      guard let scheduled = scheduler.take(by: now) else { return givePlaceBack() }
      let job = makeJob(scheduled)
      let dispatched = now
      inFlight.change(by: 1, at: dispatched)
      deadlines.append(.init(instant: job.lifecycle.deadline, slot: job.slot, index: scheduled.index))
      deliver(.due, to: job, at: dispatched)
    }
  }

  private func takePlace() -> Bool {
    let isDropping = plan.scenario.limits.onLimit == .drop && plan.scenario.process != .closed
    let hasPlace = isDropping ? shared.limit.take() : shared.limit.takeOrWait(loop: share.loop)
    waitsForRoom = !hasPlace
    return hasPlace
  }

  /// Makes room for another job, of this loop or of one that waits.
  func givePlaceBack() {
    waitsForRoom = false
    shared.control.wake(shared.limit.giveBack() & ~(1 << UInt64(share.loop)))
  }

  /// Drops the job that is due or lets it time out, where the scenario says so; false where it has to wait.
  private func refuseOrExpire(_ due: Int64) -> Bool {
    let isDropped = plan.scenario.limits.onLimit == .drop && plan.scenario.process != .closed
    guard isDropped || due + deadline <= now else { return false }
    endUnsent(isDropped ? .dropped : .deadline)
    return true
  }

  private func endUnsent(_ event: JobEvent) {
    guard let scheduled = scheduler.take(by: now) else { return }
    deliver(event, to: makeJob(scheduled), at: now)
  }

  private func makeJob(_ scheduled: ScheduledJob) -> LiveJob {
    let scenario = plan.scenario
    let phase = plan.phases[scheduled.phase].phase
    let entry = scenario.mix[scheduled.entry]
    let record = JobRecord(
      index: scheduled.index, phase: phase.name, recorded: phase.recorded, entry: entry.name,
      language: entry.submission.language, outcome: .censored, t0: scheduled.t0, endedAt: scheduled.t0)
    let lifecycle = JobLifecycle(
      record, requests.dialect, expectation: entry.expectation, deadlineAfter: deadline,
      polls: PollSchedule(
        scenario.polling, randomness: .pollJitter(seed: scenario.seed, job: scheduled.index)),
      retries: RetrySchedule(
        target.retry, randomness: .retryJitter(seed: scenario.seed, job: scheduled.index)))
    return jobs.insert { LiveJob(lifecycle, scheduled, slot: $0) }
  }

  // MARK: Time

  private func fireTimers() {
    let now = now
    while let entry = timers.take(by: now) {
      guard let job = jobs[entry.slot], entry.wake == job.wake else { continue }
      deliver(.timer, to: job, at: now)
    }
    while let entry = deadlines.first {
      let job = jobs[entry.slot].flatMap { $0.scheduled.index == entry.index ? $0 : nil }
      guard job == nil || entry.instant <= now else { break }
      deadlines.removeFirst()
      if let job { deliver(.deadline, to: job, at: now) }
    }
    if let drainEnd, drainEnd <= now { endAll() }
  }

  private func endAll() {
    stopScheduling()
    for job in jobs.all { deliver(.drained, to: job, at: now) }
  }

  private func stopScheduling() {
    while let due = scheduler.nextDue, due <= now { endUnsent(.drained) }
    scheduler.stop(at: now)
  }

  private func obeyStops() {
    if stoppedAt == nil, let reason = shared.control.cutReason { stop(reason) }
    let stops = shared.control.stops
    guard stops > stopsSeen else { return }
    stopsSeen = stops
    stop(.interrupted)
    if stops >= 2 { endAll() }
  }

  /// Where loops share a closed phase, the next one starts when the last of them has ended it.
  private func meetOthers() {
    while let part = scheduler.waiting {
      let (whole, isNew) = shared.gate.pass(part, loop: share.loop)
      guard let whole else { return }
      if isNew { shared.control.wakeAll() }
      scheduler.goOn(after: whole)
    }
  }

  private func stop(_ reason: RunEnd) {
    guard stoppedAt == nil else { return }
    // A run whose last jobs are running out is cut short too.
    end = reason
    stoppedAt = now
    stopScheduling()
  }

  // MARK: Four times a second

  private func keepHouse() {
    let now = now
    nextHousekeeping = now + ProgressReporter.interval
    records.flush()
    shareProcessor()
    let passage = scheduler.passages.last { $0.start <= now } ?? scheduler.passages.last
    let reading = LoopReading(
      phase: passage?.phase ?? 0, phaseStart: passage?.start ?? 0,
      isRunning: !scheduler.isFinished || (passage?.end ?? 0) > now, scheduled: scheduler.scheduled)
    outlet.reading.withLock { $0 = reading }
  }

  /// Gives the collector as much of a crowded processor as a loop has where it cannot keep up: what waits is memory.
  private func shareProcessor() {
    let isBehind = records.waiting > Self.backlog
    guard isBehind == isPreferred else { return }
    isPreferred = !isBehind
    NativeThread.preferCurrentThread(isPreferred)
  }

  /// What the state machines may count on at present.
  var conditions: PollingConditions {
    PollingConditions(waitCapSeconds: waitCapSeconds, allowsLongPoll: heldOpen < mostHeldOpen)
  }
}
