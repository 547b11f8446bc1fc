import HostSystem

/// The environments of a host at one instant, and what it has done so far.
public struct HostSnapshot: Sendable, Codable {
  /// One environment.
  public struct Environment: Sendable, Codable, Hashable {
    /// Its name in logs and results.
    public var name: String
    /// How it came to be: `on-demand` or `provisioned-concurrency`.
    public var type: String
    /// `starting`, `idle`, `busy`, `settling` or `stopping`.
    public var state: String
    /// Its process, once that has been started.
    public var processID: Int32?
    /// Milliseconds since its process was started.
    public var ageMs: Int64?
    /// Milliseconds from its start to its first request for work.
    public var initMs: Double?
    /// Invocations handed to it.
    public var invocations: Int
    /// Whom it serves and nobody else; nil where tenants are not isolated, before its first work, and for work without
    /// a tenant.
    public var tenant: String?
    /// A batch holds it.
    public var isLeased: Bool
  }

  /// Environments alive at once at most.
  public var limit: Int
  /// Invocations at once at most, where that is less than what the environments allow.
  public var maximumConcurrency: Int?
  /// Environments that are to be ready at any time.
  public var provisioned: Int
  /// An environment serves one tenant only.
  public var isolatesTenants: Bool
  /// Environments in the order of their start.
  public var environments: [Environment]
  /// Invocations that wait for an environment to become free.
  public var waiting: Int
  /// What the pool has done.
  public var counters: PoolCounters
  package var totals: HostTotals

  init(_ state: HostState, at instant: MonotonicInstant) {
    limit = state.pool.configuration.limit
    maximumConcurrency = state.pool.configuration.maximumConcurrency
    provisioned = state.pool.configuration.provisioned
    isolatesTenants = state.pool.configuration.isolatesTenants
    waiting = state.pool.waiting.count
    counters = state.pool.counters
    totals = state.totals
    environments = state.pool.members.sorted { $0.key < $1.key }.map { id, member in
      let record = state.records[id]
      return Environment(
        name: record?.name ?? "\(id.number)", type: member.type.rawValue, state: member.phase.label,
        processID: record?.processID,
        ageMs: record?.startedAt.map { (instant - $0) / 1_000_000 },
        initMs: record?.initDuration.map { Double($0) / 1_000_000 }, invocations: member.invocations,
        tenant: member.owner?.name, isLeased: member.lease != nil)
    }
  }
}
