import HostSystem
import RunRecords
import Scenarios

/// Collects the records of all loops on a thread of its own: counts them, ends the run where a limit says so, tells
/// the progress and hands the records on.
///
/// It looks at the loops' rings twenty times a second, which at any rate that a loop can keep up is before they are
/// full.
final class RunCollector: Sendable {
  /// What the thread works with.
  struct Settings: Sendable {
    let plan: Plan
    let origin: RunOrigin
    let control: RunControl
    let limit: InFlightLimit
    let loops: [LoopOutlet]
    let writer: RecordWriter
    let progress: ProgressReporter?
    let cost: (@Sendable (JobRecord) -> Double)?
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
    tally = RunTally(cost: settings.cost)
    abort = AbortMonitor(
      settings.plan.scenario.thresholds, clock: RunClock(startedAt: settings.origin.milliseconds))
  }

  mutating func turn() {
    collect()
    let now = MonotonicInstant.now - settings.origin.monotonic
    guard now >= nextReport else { return }
    nextReport = now + ProgressReporter.interval
    report(at: now)
    obeyLimits(at: now)
  }

  mutating func end() {
    collect()
    report(at: MonotonicInstant.now - settings.origin.monotonic)
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

  private mutating func report(at now: Int64) {
    handOn()
    settings.progress?.publish(snapshot(at: now))
  }

  private func obeyLimits(at now: Int64) {
    if let threshold = abort.tripped(atSeconds: Double(now) / 1e9) {
      return settings.control.cutShort(.aborted(threshold.text))
    }
    let limit = settings.plan.scenario.limits.maximumCostMicrodollars
    if let limit, tally.dollars * 1e6 >= Double(limit) { settings.control.cutShort(.costLimit(tally.dollars)) }
  }

  // MARK: Progress

  private mutating func snapshot(at now: Int64) -> ProgressSnapshot {
    let plan = settings.plan
    let readings = settings.loops.map { $0.reading.withLock { $0 } }
    let slowest = readings.min { $0.phase < $1.phase } ?? LoopReading()
    let scheduled = readings.reduce(0) { $0 + $1.scheduled }
    let rates = tally.rates(at: now, scheduled: scheduled)
    let percentiles = tally.percentiles
    return ProgressSnapshot(
      phase: readings.contains(where: \.isRunning) ? plan.phases[slowest.phase].phase.name : nil,
      phaseIndex: slowest.phase, phases: plan.phases.count, elapsed: now, left: timeLeft(from: slowest, at: now),
      offeredRate: rates.offered, endedRate: rates.ended, inFlight: settings.limit.current, scheduled: scheduled,
      planned: plan.phases.contains { $0.scheduled == nil } ? nil : plan.scheduled, counts: tally.counts,
      median: percentiles.median, percentile95: percentiles.percentile95, coldStarts: tally.coldStarts)
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
