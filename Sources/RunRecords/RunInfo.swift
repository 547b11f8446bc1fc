public import Jobs

/// What is known of a run as a whole: what was asked, of whom, on what, and how the measuring itself went.
public struct RunInfo: Codable, Sendable, Hashable {
  /// Folder name and key of the run, for example `20261124-141746-smoke-7f3a`.
  public var id: String
  /// Version of this structure.
  public var schemaVersion: Int = 1
  /// The scenario's name.
  public var scenario: String
  /// The scenario's one-line description.
  public var description: String?
  /// The effective scenario as YAML, secrets redacted.
  public var effectiveScenario: String
  /// The command line that started the run, secrets redacted.
  public var command: [String]
  /// The seed that arrivals, mix order and jitter came from.
  public var seed: UInt64
  /// Where the load went: a URL.
  public var target: String
  /// The generator ran on the same machine as the platform.
  public var sameMachine: Bool
  /// Milliseconds since 1970 at the run's start, where every `t*` counts from.
  public var startedAt: Int64
  /// Seconds from the start to the last job's end.
  public var durationSeconds: Double = 0
  /// Phases in order.
  public var phases: [PhaseInfo]
  /// Jobs that the plan schedules in all.
  public var scheduled: Int
  /// True where the run was interrupted, aborted or killed before its end.
  public var partial: Bool = true
  /// Why the run ended early.
  public var endReason: String?
  /// How the run came to its end; nil until it has, and where nobody could say.
  public var ending: RunEnding?
  /// The scenario says `on_limit: drop`, so that a dropped job is an outcome and not a fault of the generator.
  public var dropsAllowed: Bool = false
  /// Microseconds to add to a platform instant to get the generator's wall clock, and the bound of its error.
  public var clockOffset: ClockOffset?
  /// Machine and versions.
  public var environment: RunEnvironment
  /// Jobs by outcome as the generator counted them, apart from their records; nil where it left no count.
  public var outcomes: [String: Int]?
  /// The generator's own health over the run.
  public var generator: GeneratorHealth?
  /// Declared thresholds, as written in the scenario.
  public var thresholds: [String]
  /// The SLO on e2e in milliseconds that goodput is counted against; nil where the scenario declares none.
  public var sloMilliseconds: Double?
  /// Jobs a month that amortised cost is counted for; nil where the scenario declares none.
  public var executionsPerMonth: Int?
  /// What each entry of the mix submits, by its name, so that the run can be repeated without its files; nil in runs of
  /// older versions.
  public var submissions: [String: Submission]?
  /// The deployment on AWS that was driven; nil where the target is none.
  public var deployment: DeploymentInfo?
  /// What the deployment's log says of the run; nil where it was not looked into.
  public var platformLog: PlatformLog?
  /// Which part of the plan this generator sent; nil where it sent all of it, and in a merged run.
  public var shard: ShardInfo?
  /// The shards that a merged run was joined from, by number; nil where one generator sent all of it.
  public var parts: [RunPart]?

  /// A run that is about to start.
  public init(
    id: String, scenario: String, description: String?, effectiveScenario: String, command: [String], seed: UInt64,
    target: String, sameMachine: Bool, startedAt: Int64, phases: [PhaseInfo], scheduled: Int,
    environment: RunEnvironment, thresholds: [String], sloMilliseconds: Double? = nil, executionsPerMonth: Int? = nil
  ) {
    self.id = id
    self.scenario = scenario
    self.description = description
    self.effectiveScenario = effectiveScenario
    self.command = command
    self.seed = seed
    self.target = target
    self.sameMachine = sameMachine
    self.startedAt = startedAt
    self.phases = phases
    self.scheduled = scheduled
    self.environment = environment
    self.thresholds = thresholds
    self.sloMilliseconds = sloMilliseconds
    self.executionsPerMonth = executionsPerMonth
  }
}

/// How a run came to its end.
public enum RunEnding: String, Codable, Sendable, Hashable, CaseIterable {
  /// The plan was sent and every job ended or was given up at the end of the drain.
  case completed
  /// A signal stopped it.
  case interrupted
  /// An `abort` threshold or `max_cost` stopped it.
  case stopped
  /// The target could not be reached.
  case unreachable
}

/// One phase of a plan.
public struct PhaseInfo: Codable, Sendable, Hashable {
  /// The phase's name, unique in its scenario.
  public var name: String
  /// The phase's kind as the scenario writes it: `constant`, `ramp`.
  public var kind: String
  /// Nanoseconds from the run's start to the phase's start.
  public var start: Int64
  /// Nanoseconds that the phase lasts; for a closed phase of counted jobs, how long it took.
  public var duration: Int64
  /// Jobs that the plan schedules in the phase.
  public var scheduled: Int
  /// False for a warm-up phase.
  public var recorded: Bool
  /// True where jobs arrive when others end (closed loop), so that "offered rate" is an outcome and not a plan.
  public var closed: Bool

  /// A phase.
  public init(
    name: String, kind: String, start: Int64, duration: Int64, scheduled: Int, recorded: Bool, closed: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.start = start
    self.duration = duration
    self.scheduled = scheduled
    self.recorded = recorded
    self.closed = closed
  }
}

/// The difference between two clocks, with the bound of its error (half the smallest round trip).
public struct ClockOffset: Codable, Sendable, Hashable {
  /// Microseconds to add to a platform instant.
  public var microseconds: Int64
  /// The offset is right within this many microseconds, to either side.
  public var errorBoundMicroseconds: Int64

  /// An offset with its bound.
  public init(microseconds: Int64, errorBoundMicroseconds: Int64) {
    self.microseconds = microseconds
    self.errorBoundMicroseconds = errorBoundMicroseconds
  }
}

/// The machine that the generator ran on, and versions.
public struct RunEnvironment: Codable, Sendable, Hashable {
  /// Host name.
  public var host: String
  /// Processor model, as /proc/cpuinfo names it.
  public var cpu: String
  /// Logical processors.
  public var cores: Int
  /// Bytes of memory.
  public var memoryBytes: Int
  /// Kernel release.
  public var kernel: String
  /// Operating system, as /etc/os-release names it.
  public var system: String
  /// What sets the processors' frequency, as cpufreq names it: `performance`; nil where the system does not tell, as in
  /// most virtual machines.
  public var governor: String?
  /// The commit of the repository that the scenario lies in, with `-changed` where tracked files differ from it; nil where
  /// it lies in none.
  public var revision: String?
  /// Versions by name: rce-bench, libcurl, HTTP as the target chose it, and what the target says of itself.
  public var versions: [String: String]

  /// A machine.
  public init(
    host: String, cpu: String, cores: Int, memoryBytes: Int, kernel: String, system: String,
    versions: [String: String]
  ) {
    self.host = host
    self.cpu = cpu
    self.cores = cores
    self.memoryBytes = memoryBytes
    self.kernel = kernel
    self.system = system
    self.versions = versions
  }
}

/// How well the generator itself did, sampled during the run.
public struct GeneratorHealth: Codable, Sendable, Hashable {
  /// CPU seconds of the generator's busiest loop thread over the run's wall seconds, 0 to 1.
  public var loopCPUShare: Double
  /// The smallest share of idle time of the whole host in any one-second window, 0 to 1.
  public var hostIdleMinimum: Double?
  /// The mean share of idle time of the whole host, 0 to 1.
  public var hostIdleMean: Double?
  /// Run-queue delay of the loop thread over the run's wall time, 0 to 1 (/proc/self/task/*/schedstat).
  public var runQueueDelayShare: Double?
  /// Share of time that the hypervisor took from this machine, 0 to 1.
  public var stealShare: Double?
  /// One-second windows in which a 10 ms ticker was late by more than 100 ms.
  public var stalledWindows: Int
  /// One-second windows in all.
  public var windows: Int
  /// Most jobs in flight at once.
  public var maximumInFlight: Int
  /// Mean jobs in flight over the recorded phases, by integration.
  public var meanInFlight: Double?
  /// Resident memory of the generator at the end, in bytes.
  public var residentBytes: Int

  /// A health reading.
  public init(
    loopCPUShare: Double, hostIdleMinimum: Double?, hostIdleMean: Double?, runQueueDelayShare: Double?,
    stealShare: Double?, stalledWindows: Int, windows: Int, maximumInFlight: Int, meanInFlight: Double?,
    residentBytes: Int
  ) {
    self.loopCPUShare = loopCPUShare
    self.hostIdleMinimum = hostIdleMinimum
    self.hostIdleMean = hostIdleMean
    self.runQueueDelayShare = runQueueDelayShare
    self.stealShare = stealShare
    self.stalledWindows = stalledWindows
    self.windows = windows
    self.maximumInFlight = maximumInFlight
    self.meanInFlight = meanInFlight
    self.residentBytes = residentBytes
  }
}
