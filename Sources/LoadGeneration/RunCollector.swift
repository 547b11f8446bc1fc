import HostSystem
import RunRecords
import Scenarios
import Thresholds

/// Collects the records of all loops on a thread of its own: counts them, ends the run where a limit says so, tells
/// the progress and hands the records on.
///
/// It looks at the loops' rings twenty times a second, which at any rate that a loop can keep up is before they are
/// full. While the disk does not keep up it leaves them alone, and the loops notice that and give way.
final class RunCollector: Sendable {
  /// What the thread works with.
  struct Settings: Sendable {
    let plan: Plan
    /// What of the plan this generator sends.
    let part: PlanShare
    let origin: RunOrigin
    let control: RunControl
    let limit: InFlightLimit
    let loops: [LoopOutlet]
    let writer: RecordWriter
    let progress: ProgressReporter?
    let cost: (@Sendable (JobRecord) -> Double)?
    /// What has been seen of the generator and its machine in each second so far.
    let health: @Sendable () -> [ValiditySample]
  }

  private static let interval: Int64 = 50_000_000

  private let isEnding: Lock<Bool>
  private let result: Lock<RunTally?>
  private let thread: NativeThread

  init(_ settings: Settings) throws(SystemCallError) {
    let isEnding = Lock(false)
    let result = Lock<RunTally?>(nil)
    self.isEnding = isEnding
    self.result = result
    thread = try NativeThread(named: "collector") {
      var collection = RunCollection(settings)
      while isEnding.wait(until: .now + Self.interval, { $0 ? true : nil }) == nil { collection.turn() }
      collection.end()
      let tally = collection.tally
      result.withLock { $0 = tally }
    }
  }

  /// Takes what the loops have left behind, once they have ended, and says what all records come to.
  func finish() -> RunTally? {
    isEnding.withLock { $0 = true }
    isEnding.notifyAll()
    thread.join()
    return result.withLock { $0 }
  }
}

/// What the collector knows; it belongs to its thread.
private struct RunCollection {
  private let settings: RunCollector.Settings
  private(set) var tally: RunTally
  private var abort: AbortMonitor
  private var batch: [JobRecord] = []
  private var nextReport: Int64 = 0

  /// Records that are handed on at once even between two reports.
  private static let largestBatch = 512

  init(_ settings: RunCollector.Settings) {
    self.settings = settings
    let scenario = settings.plan.scenario
    let clock = RunClock(startedAt: settings.origin.milliseconds)
    let bursts = settings.plan.phases.map(\.phase).filter { $0.load.kind == "burst" }.map(\.name)
    tally = RunTally(clock: clock, bursts: Set(bursts), cost: settings.cost)
    abort = AbortMonitor(
      scenario.thresholds,
      ThresholdRules(clock: clock, sloMilliseconds: scenario.slo.map { $0.inSeconds * 1_000 }))
  }

  mutating func turn() {
    if !settings.writer.isBehind { collect() }
    let now = MonotonicInstant.now - settings.origin.monotonic
    guard now >= nextReport else { return }
    nextReport = now + ProgressReporter.interval
    report(at: now)
    obeyLimits(at: now)
  }

  mutating func end() {
    collect()
    report(at: MonotonicInstant.now - settings.origin.monotonic, isLast: true)
  }

  private mutating func collect() {
    for loop in settings.loops {
      let known = batch.count
      loop.records.drain(into: &batch)
      for record in batch[known...] {
        tally.add(record)
        abort.add(record)
      }
    }
    if batch.count >= Self.largestBatch { handOn() }
  }

  private mutating func handOn() {
    guard !batch.isEmpty else { return }
    settings.writer.write(batch)
    batch = []
  }

  private mutating func report(at now: Int64, isLast: Bool = false) {
    handOn()
    guard let progress = settings.progress else { return }
    tally.read(at: now, health: settings.health, isLast: isLast)
    progress.publish(snapshot(at: now))
  }

  private mutating func obeyLimits(at now: Int64) {
    if let threshold = abort.tripped(atSeconds: Double(now) / 1e9) {
      return settings.control.cutShort(.aborted(threshold.text))
    }
    let limit = settings.plan.scenario.limits.maximumCostMicrodollars
    // Generators that share a run do not know of each other, so each may cost its part.
    if let limit, tally.dollars * 1e6 >= Double(limit) / Double(settings.part.count) {
      settings.control.cutShort(.costLimit(tally.dollars))
    }
  }

  // MARK: Progress

  private mutating func snapshot(at now: Int64) -> ProgressSnapshot {
    let plan = settings.plan
    let readings = settings.loops.map { $0.reading.withLock { $0 } }
    let slowest = readings.min { $0.phase < $1.phase } ?? LoopReading()
    let scheduled = readings.reduce(0) { $0 + $1.scheduled }
    let rates = tally.rates(at: now, scheduled: scheduled)
    let isRunning = readings.contains(where: \.isRunning)
    let phase = plan.phases[slowest.phase].phase
    var snapshot = ProgressSnapshot()
    snapshot.phase = isRunning ? phase.name : nil
    (snapshot.phaseIndex, snapshot.phases) = (slowest.phase, plan.phases.count)
    snapshot.phaseElapsed = max(now - slowest.phaseStart, 0)
    snapshot.phaseLength = isRunning ? phase.load.duration?.inNanoseconds : nil
    (snapshot.elapsed, snapshot.left) = (now, timeLeft(from: slowest, at: now))
    (snapshot.offeredRate, snapshot.endedRate) = rates
    (snapshot.inFlight, snapshot.scheduled) = (settings.limit.current, scheduled)
    snapshot.planned = planned
    snapshot.dollarLimit = plan.scenario.limits.maximumCostMicrodollars.map { Double($0) / 1e6 }
    tally.tell(&snapshot)
    return snapshot
  }

  /// Jobs that this generator is to send; nil where that is not known.
  private var planned: Int? {
    var jobs = 0
    for phase in settings.plan.phases {
      guard let scheduled = phase.scheduled else { return nil }
      jobs += settings.part.part(of: scheduled)
    }
    return jobs
  }

  private func timeLeft(from reading: LoopReading, at now: Int64) -> Int64? {
    var end = reading.phaseStart
    for planned in settings.plan.phases[reading.phase...] {
      guard let duration = planned.phase.load.duration else { return nil }
      end += duration.inNanoseconds
    }
    return max(end - now, 0)
  }
}
