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
    /// Threads that send, from 1 to 64; nil takes as many as the plan needs.
    public var threads: Int?
    /// Which part of the plan is sent, where several generators share it; nil sends all of it.
    public var shard: ShardInfo?

    /// The defaults.
    public init(
      origin: RunOrigin? = nil, cost: (@Sendable (JobRecord) -> Double)? = nil, threads: Int? = nil,
      shard: ShardInfo? = nil
    ) {
      self.origin = origin
      self.cost = cost
      self.threads = threads
      self.shard = shard
    }
  }

  private let plan: Plan
  private let target: Target
  private let options: Options
  private let progress: (@Sendable (ProgressSnapshot) -> Void)?
  private let sink: @Sendable ([JobRecord]) -> Void
  private let control: RunControl
  /// What of the plan this generator sends.
  private let part: PlanShare
  /// Threads that send.
  public let threads: Int

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
    self.sink = target.secrets.hidingIn(sink)
    part = options.shard.map { PlanShare(number: $0.number - 1, of: $0.count) } ?? .whole
    threads = min(max(options.threads ?? LoopCount.automatic(plan, cores: Self.cores), 1), LoopCount.most)
    control = try RunControl(loops: threads)
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
      return try measure(probe, health)
    } catch {
      throw TargetError(description: "cannot start the generator: \(error)")
    }
  }

  private func measure(_ probe: TargetProbe, _ health: TargetProbe.Health) throws -> RunMeasurement {
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
    defer { _ = sampler.stop() }
    let limit = InFlightLimit(max(part.part(of: plan.scenario.limits.maximumInFlight), 1))
    let outlets = (0..<threads).map { _ in LoopOutlet() }
    let collector = try RunCollector(
      .init(
        plan: plan, part: part, origin: origin, control: control, limit: limit, loops: outlets, writer: writer,
        progress: reporter, cost: options.cost, health: { sampler.samples }))
    // Also where a loop cannot start: the threads must end before the writer does.
    defer { _ = collector.finish() }
    let result = try runLoops(origin, limit, outlets, sampler)
    let seen = sampler.stop()
    let tally = collector.finish()
    // Every record has to be counted before the seconds are read.
    writer.stop()
    let offset = [offsetBefore, probe.clockOffset(origin: origin)].compactMap(\.self)
    return RunMeasurement(
      origin: origin, durationSeconds: Double(result.duration) / 1e9, phases: phases(result.passages),
      scheduled: result.scheduled, counts: tally?.counts ?? OutcomeCounts(), end: Self.end(result.end, tally),
      clockOffset: target.isOnThisMachine
        ? offset.last : offset.min { $0.errorBoundMicroseconds < $1.errorBoundMicroseconds },
      health: Self.health(result, seen, maximumInFlight: limit.maximum),
      samples: pace.withLock { $0.samples(with: seen) }, targetVersion: health.version,
      httpVersion: health.httpVersion)
  }

  /// Jobs that were in flight when the limit was noticed have cost something too.
  private static func end(_ end: RunEnd, _ tally: RunTally?) -> RunEnd {
    if case .costLimit(let dollars) = end { .costLimit(tally?.dollars ?? dollars) } else { end }
  }

  /// Time for the threads to start, so that the first job is not late already.
  private static let lead: Int64 = 5_000_000

  private func runLoops(
    _ origin: RunOrigin, _ limit: InFlightLimit, _ outlets: [LoopOutlet], _ sampler: HealthSampler
  ) throws -> LoopResult {
    let shared = SharedRun(
      origin: origin, start: MonotonicInstant.now - origin.monotonic + Self.lead, control: control, limit: limit,
      ids: JobIDRegister(loops: threads), gate: PhaseGate(loops: threads))
    let connections = DescriptorLimit.makeRoom(forConnections: target.http.maximumConnections)
    let results = Lock<[Result<LoopResult, CurlError>]>([])
    let running = try outlets.enumerated().map { number, outlet throws(SystemCallError) in
      let share = part.share(ofLoop: number, of: threads)
      return try NativeThread(named: "loop-\(number)") { [plan, target, control] in
        // On a crowded machine, such as that of a local stack, compilers would otherwise delay what is due.
        NativeThread.preferCurrentThread()
        sampler.watchThisThread(as: number)
        let result = Result { () throws(CurlError) in
          try GenerationLoop(
            plan, target, connections: max(share.part(of: connections), 1), share: share, shared: shared,
            outlet: outlet
          ).run()
        }
        // A run with a part of its load missing is none.
        if case .failure = result { for _ in 0..<2 { control.requestStop() } }
        results.withLock { $0.append(result) }
      }
    }
    for thread in running { thread.join() }
    guard let whole = LoopResult.merged(try results.withLock { $0 }.map { try $0.get() }) else {
      throw SystemCallError("join", "loop-0", code: ESRCH)
    }
    return whole
  }

  private static var cores: Int { max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1) }

  private func phases(_ passages: [Scheduler.Passage]) -> [PhaseInfo] {
    passages.map { passage in
      PhaseInfo(
        plan.phases[passage.phase].phase, start: passage.start,
        duration: (passage.end ?? passage.start) - passage.start, scheduled: passage.scheduled)
    }
  }

  private static func health(
    _ result: LoopResult, _ seen: [ValiditySample], maximumInFlight: Int
  ) -> GeneratorHealth {
    let idle = seen.compactMap(\.hostIdle)
    let steal = seen.compactMap(\.steal)
    return GeneratorHealth(
      loopCPUShare: result.cpuShare, hostIdleMinimum: idle.min(),
      hostIdleMean: idle.isEmpty ? nil : idle.reduce(0, +) / Double(idle.count),
      runQueueDelayShare: result.waitingShare,
      stealShare: steal.isEmpty ? nil : steal.reduce(0, +) / Double(steal.count),
      stalledWindows: seen.count(where: \.isStalled), windows: seen.count, maximumInFlight: maximumInFlight,
      meanInFlight: result.inFlight.mean, residentBytes: ProcessFile.residentBytes)
  }
}
