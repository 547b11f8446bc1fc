import Curl
import Glibc
public import HostSystem
public import RunRecords
public import Scenarios

/// Sends a plan to a target and measures what comes of it.
///
/// `run` blocks its caller; `stop` may be called from any other thread. A generator runs once.
public final class Generator: Sendable {
  /// What a run may be given beside its plan and its target.
  public struct Options: Sendable {
    /// The instant that every `t*` counts from; nil takes the run's start.
    public var origin: RunOrigin?
    /// Dollars that a job has cost, which `max_cost` is checked against; nil switches that check off.
    public var cost: (@Sendable (JobRecord) -> Double)?

    /// The defaults.
    public init(origin: RunOrigin? = nil, cost: (@Sendable (JobRecord) -> Double)? = nil) {
      self.origin = origin
      self.cost = cost
    }
  }

  private let plan: Plan
  private let target: Target
  private let options: Options
  private let progress: (@Sendable (ProgressSnapshot) -> Void)?
  private let sink: @Sendable ([JobRecord]) -> Void
  private let control: RunControl

  /// A generator that has not begun.
  ///
  /// - Parameters:
  ///   - plan: what to send when.
  ///   - target: where to send it.
  ///   - options: what is rarely needed.
  ///   - progress: called about four times a second on a thread of its own.
  ///   - sink: called with the records of jobs that have ended, in batches, on a thread of its own.
  public init(
    plan: Plan, target: Target, options: Options = .init(),
    progress: (@Sendable (ProgressSnapshot) -> Void)? = nil, sink: @escaping @Sendable ([JobRecord]) -> Void
  ) throws(SystemCallError) {
    self.plan = plan
    self.target = target
    self.options = options
    self.progress = progress
    self.sink = sink
    control = try RunControl()
  }

  /// Ends the run early: the first call stops arrivals and lets jobs in flight end, the second ends at once.
  public func stop() { control.requestStop() }

  /// Checks that the target answers, runs the plan and returns when the last record has been written.
  public func run() throws(TargetError) -> RunMeasurement {
    // A server that goes away must not take the process with it.
    signal(SIGPIPE, SIG_IGN)
    let probe = try TargetProbe(target)
    let health = try probe.check()
    do {
      return try measure(probe, targetVersion: health.version)
    } catch {
      throw TargetError(description: "cannot start the generator: \(error)")
    }
  }

  private func measure(_ probe: TargetProbe, targetVersion: String?) throws -> RunMeasurement {
    let origin = options.origin ?? .now()
    let offsetBefore = probe.clockOffset(origin: origin)
    let pace = Lock(PaceRecord())
    let writer = try RecordWriter { [sink] records in
      pace.withLock { pace in for record in records { pace.add(record) } }
      sink(records)
    }
    defer { writer.stop() }
    let reporter = try progress.map { callback throws(SystemCallError) in try ProgressReporter(callback) }
    defer { reporter?.stop() }
    let sampler = try HealthSampler(origin: origin.monotonic)
    let outlets = GenerationLoop.Outlets(writer: writer, progress: reporter)
    let result: LoopResult
    do {
      result = try onLoopThread(origin, outlets, sampler)
    } catch {
      _ = sampler.stop()
      throw error
    }
    let seen = sampler.stop()
    // Every record has to be counted before the seconds are read.
    writer.stop()
    let offset = [offsetBefore, probe.clockOffset(origin: origin)].compactMap(\.self)
    return RunMeasurement(
      origin: origin, durationSeconds: Double(result.duration) / 1e9, phases: phases(result.passages),
      scheduled: result.scheduled, counts: result.counts, end: result.end,
      clockOffset: target.isOnThisMachine
        ? offset.last : offset.min { $0.errorBoundMicroseconds < $1.errorBoundMicroseconds },
      health: Self.health(result, seen), samples: pace.withLock { $0.samples(with: seen) }, targetVersion: targetVersion
    )
  }

  private func onLoopThread(
    _ origin: RunOrigin, _ outlets: GenerationLoop.Outlets, _ sampler: HealthSampler
  ) throws -> LoopResult {
    let (plan, target, control, cost) = (plan, target, control, options.cost)
    let connections = DescriptorLimit.makeRoom(forConnections: target.http.maximumConnections)
    let outcome = Lock<Result<LoopResult, CurlError>?>(nil)
    try NativeThread(named: "loop-0") {
      // On a crowded machine, such as that of a local stack, compilers would otherwise delay what is due.
      NativeThread.preferCurrentThread()
      sampler.watchThisThread()
      let result = Result { () throws(CurlError) in
        try GenerationLoop(
          plan, target, connections: connections, origin: origin, control: control, outlets: outlets, cost: cost
        ).run()
      }
      outcome.withLock { $0 = result }
    }.join()
    guard let result = outcome.withLock({ $0 }) else { throw SystemCallError("join", "loop-0", code: ESRCH) }
    return try result.get()
  }

  private func phases(_ passages: [Scheduler.Passage]) -> [PhaseInfo] {
    passages.map { passage in
      PhaseInfo(
        plan.phases[passage.phase].phase, start: passage.start,
        duration: (passage.end ?? passage.start) - passage.start, scheduled: passage.scheduled)
    }
  }

  private static func health(_ result: LoopResult, _ seen: [ValiditySample]) -> GeneratorHealth {
    let idle = seen.compactMap(\.hostIdle)
    let steal = seen.compactMap(\.steal)
    return GeneratorHealth(
      loopCPUShare: result.cpuShare, hostIdleMinimum: idle.min(),
      hostIdleMean: idle.isEmpty ? nil : idle.reduce(0, +) / Double(idle.count),
      runQueueDelayShare: result.waitingShare,
      stealShare: steal.isEmpty ? nil : steal.reduce(0, +) / Double(steal.count),
      stalledWindows: seen.count(where: \.isStalled), windows: seen.count, maximumInFlight: result.maximumInFlight,
      meanInFlight: result.meanInFlight, residentBytes: ProcessFile.residentBytes)
  }
}
