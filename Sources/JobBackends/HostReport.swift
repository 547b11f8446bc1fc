public import Jobs

/// What a host tells of itself on the register: who runs the jobs, by what rules, and under what protection.
public struct HostReport: Codable, Sendable, Hashable {
  /// The host's name, which is its consumer name in the queue.
  public var name: String
  /// The version of its program.
  public var version: String
  /// Its execution environments and the rules that they live by.
  public var environments: Environments
  /// How it takes messages.
  public var poller: Poller
  /// What its executor said when it was checked at the start.
  public var sandbox: SandboxCheck
  /// What it can do with each language, by the languages' names.
  public var languages: [String: LanguageStatus]

  /// Environments, counted.
  public struct Environments: Codable, Sendable, Hashable {
    /// Alive at present.
    public var alive: Int
    /// At work at present.
    public var busy: Int
    /// Of those alive, not ready yet; nil where the host does not tell.
    public var starting: Int?
    /// Alive at once at most.
    public var limit: Int
    /// Invocations at once at most; nil where only `limit` bounds them.
    public var reservedConcurrency: Int?
    /// Kept ready at any time.
    public var provisionedConcurrency: Int
    /// Each serves one tenant only.
    public var tenantIsolation: Bool
    /// Mebibytes that each is configured with.
    public var memoryMB: Int
    /// Milliseconds that an invocation may take.
    public var timeoutMs: Int

    /// Counts and rules.
    public init(
      alive: Int, busy: Int, starting: Int? = nil, limit: Int, reservedConcurrency: Int? = nil,
      provisionedConcurrency: Int = 0,
      tenantIsolation: Bool = false, memoryMB: Int, timeoutMs: Int
    ) {
      self.alive = alive
      self.busy = busy
      self.starting = starting
      self.limit = limit
      self.reservedConcurrency = reservedConcurrency
      self.provisionedConcurrency = provisionedConcurrency
      self.tenantIsolation = tenantIsolation
      self.memoryMB = memoryMB
      self.timeoutMs = timeoutMs
    }
  }

  /// The poller of the queue.
  public struct Poller: Codable, Sendable, Hashable {
    /// Batches in hand at present.
    public var running: Int
    /// Batches that may be in hand at present.
    public var allowed: Int
    /// Batches in hand at most.
    public var limit: Int
    /// Messages of a batch at most.
    public var batchSize: Int

    /// A poller at one instant.
    public init(running: Int, allowed: Int, limit: Int, batchSize: Int) {
      self.running = running
      self.allowed = allowed
      self.limit = limit
      self.batchSize = batchSize
    }
  }

  /// A host at one instant.
  public init(
    name: String, version: String, environments: Environments, poller: Poller, sandbox: SandboxCheck,
    languages: [String: LanguageStatus] = [:]
  ) {
    self.name = name
    self.version = version
    self.environments = environments
    self.poller = poller
    self.sandbox = sandbox
    self.languages = languages
  }
}

/// What protects a machine from the programs that it runs, as far as its executor could say.
public struct SandboxCheck: Codable, Sendable, Hashable {
  /// `bubblewrap`, `rce-jail` or `rlimits`; nil where the executor did not say.
  public var backend: String?
  /// `v1`, `v2` or `none`.
  public var controlGroup: String?
  /// Whether system calls are filtered.
  public var seccomp: Bool?
  /// Each protection that this machine or configuration does not give, in words; empty where none is absent.
  public var absent: [String]

  /// What an executor said.
  public init(
    backend: String? = nil, controlGroup: String? = nil, seccomp: Bool? = nil, absent: [String] = []
  ) {
    self.backend = backend
    self.controlGroup = controlGroup
    self.seccomp = seccomp
    self.absent = absent
  }
}
