/// How an environment was found for a job.
public enum StartKind: String, Codable, Sendable, Hashable, CaseIterable {
  /// Nothing was ready.
  case cold
  /// A process booted before the job came.
  case prewarmed
  /// Forked from a process that holds the runtime.
  case zygote
  /// The compiler's product was in the cache.
  case cached
}

/// What protected the platform while a program ran; each part is named, so that an absent one is seen.
public struct SandboxReport: Codable, Sendable, Hashable {
  /// `bubblewrap`, `rce-jail` or `rlimits`.
  public var backend: String
  /// Namespaces that were unshared, for example `["ipc", "mount", "net", "pid", "user", "uts"]`.
  public var namespaces: [String]
  /// `v1`, `v2`, or `none` where no control group could be had.
  public var controlGroup: String
  /// Whether a seccomp filter was in force.
  public var seccomp: Bool
  /// Where the figures of CPU and memory come from: `cgroup` or `rusage`.
  public var accounting: String
  /// Each protection that this machine or configuration does not give, in words; nil where none is absent.
  public var absent: [String]?

  /// A report of what was in force.
  public init(
    backend: String, namespaces: [String], controlGroup: String, seccomp: Bool, accounting: String,
    absent: [String]? = nil
  ) {
    self.backend = backend
    self.namespaces = namespaces
    self.controlGroup = controlGroup
    self.seccomp = seccomp
    self.accounting = accounting
    self.absent = absent
  }
}

/// What came of a program: the answer of an execution environment, and the `details` of a job's status.
public struct ExecutionDetails: Codable, Sendable, Hashable {
  /// Why the job failed; nil where the program ran to its end and returned 0.
  public var errorType: ErrorType?
  /// The program's exit code; nil where a signal ended it or it never ran.
  public var exitCode: Int?
  /// The signal that ended the program.
  public var signal: Int?
  /// What the program wrote to standard output, up to the cap.
  public var stdout: CapturedOutput
  /// What the program wrote to standard error, up to the cap.
  public var stderr: CapturedOutput
  /// What the compiler printed.
  public var compileOutput: CapturedOutput?
  /// Output was cut at the cap.
  public var truncated: Bool
  /// CPU milliseconds of the program's whole process tree, to the microsecond.
  public var cpuTimeMs: Double
  /// Wall-clock milliseconds of the program.
  public var wallTimeMs: Double
  /// The most memory that the program's process tree held at once.
  public var peakMemoryBytes: Int
  /// What was in force while the program ran.
  public var sandbox: SandboxReport?
  /// What made the job faster, for example `["pch", "gold"]` or `["resident", "prewarm"]`; nil where nothing did.
  public var techniques: [String]?
  /// Each run in the order of the inputs, where the submission had a list of them; the other members then speak of the
  /// first run that failed, or of the first of all.
  public var runs: [ProgramRun]?

  /// What came of a program.
  public init(
    errorType: ErrorType? = nil, exitCode: Int? = nil, signal: Int? = nil, stdout: CapturedOutput = .init(),
    stderr: CapturedOutput = .init(), compileOutput: CapturedOutput? = nil, truncated: Bool = false,
    cpuTimeMs: Double = 0, wallTimeMs: Double = 0, peakMemoryBytes: Int = 0, sandbox: SandboxReport? = nil,
    techniques: [String]? = nil, runs: [ProgramRun]? = nil
  ) {
    self.errorType = errorType
    self.exitCode = exitCode
    self.signal = signal
    self.stdout = stdout
    self.stderr = stderr
    self.compileOutput = compileOutput
    self.truncated = truncated
    self.cpuTimeMs = cpuTimeMs
    self.wallTimeMs = wallTimeMs
    self.peakMemoryBytes = peakMemoryBytes
    self.sandbox = sandbox
    self.techniques = techniques
    self.runs = runs
  }
}

/// The payload that dispatch sends to an execution environment: everything that a run needs, and nothing else.
public struct ExecutionRequest: Codable, Sendable, Hashable {
  /// The job that the program belongs to; the environment only logs it.
  public var jobId: JobID
  /// The source text.
  public var code: String
  /// What the source is written in.
  public var language: Language
  /// Standard input; a list runs the compiled program once for each.
  public var stdin: StandardInput
  /// Arguments after the program's name.
  public var args: [String]
  /// Files beside the source; nil is none.
  public var files: [SourceFile]?
  /// Options for the compiler; nil is none.
  public var options: [String]?
  /// The limits to run under.
  public var limits: ResourceLimits
  /// How the program must be started; nil leaves it to the environment.
  public var start: RequestedStart?
  /// Whom the program belongs to; the host reads it, the environment does not.
  public var tenant: String?

  /// A request with every default filled in.
  public init(
    jobId: JobID, code: String, language: Language, stdin: StandardInput = "", args: [String] = [],
    files: [SourceFile]? = nil, options: [String]? = nil, limits: ResourceLimits = .init(),
    start: RequestedStart? = nil, tenant: String? = nil
  ) {
    self.jobId = jobId
    self.code = code
    self.language = language
    self.stdin = stdin
    self.args = args
    self.files = files
    self.options = options
    self.limits = limits
    self.start = start
    self.tenant = tenant
  }
}

/// The answer of an execution environment.
public struct ExecutionResult: Codable, Sendable, Hashable {
  /// The sentence for a person, starting with its kind ("Time limit exceeded: ..."); nil where the job completed.
  public var error: String?
  /// What came of the program.
  public var details: ExecutionDetails
  /// How the environment came by what it ran the program with.
  public var start: StartKind?
  /// Microseconds since 1970 when the compiler had finished (s4); equals the start of the run where there is none.
  public var compiledAt: Int64
  /// Microseconds since 1970 when the program had finished (s5).
  public var finishedAt: Int64
  /// Why the environment must not serve another job, for example a process that could not be killed; nil where it may.
  public var environmentProblem: String?

  /// An answer.
  public init(
    error: String? = nil, details: ExecutionDetails, start: StartKind? = nil, compiledAt: Int64, finishedAt: Int64,
    environmentProblem: String? = nil
  ) {
    self.error = error
    self.details = details
    self.start = start
    self.compiledAt = compiledAt
    self.finishedAt = finishedAt
    self.environmentProblem = environmentProblem
  }

  /// stdout as text without its last newline, as a job's `result` carries it.
  public var result: String {
    var text = String(decoding: details.stdout.bytes, as: UTF8.self)
    if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
