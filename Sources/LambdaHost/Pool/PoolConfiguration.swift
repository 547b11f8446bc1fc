/// The rules that a pool of environments keeps; durations are nanoseconds.
public struct PoolConfiguration: Sendable, Hashable {
  /// Environments alive at once, those on their way out included.
  public var limit: Int
  /// Invocations at once, which Lambda calls reserved concurrency; nil leaves it to `limit`.
  public var maximumConcurrency: Int?
  /// Environments that are always kept ready, and replaced when they end; idleness does not stop them.
  public var provisioned = 0
  /// An environment serves one tenant only, and an idle one makes room where another tenant waits.
  public var isolatesTenants = false
  /// An environment whose program broke a limit (time, memory, processes, disk, output) is replaced.
  public var recyclesAfterLimit = false
  /// An environment that has had no work for this long is stopped.
  public var idleTimeout: Int64 = 300 * PoolConfiguration.second
  /// Environments that idleness does not stop, beside those provisioned.
  public var minimumKept = 0
  /// Environments started before any work has come, beside those provisioned.
  public var prewarm = 0
  /// An environment is replaced after this many invocations; nil keeps it.
  public var maximumInvocations: Int?
  /// An environment that has not asked for work this long after its start is killed; where an invocation waited for it,
  /// another is started, once, with what is left of `invocationTimeout` from then on for both start and run.
  public var initTimeout: Int64 = 10 * PoolConfiguration.second
  /// An invocation that has taken this long is over, and its environment is killed.
  public var invocationTimeout: Int64 = 30 * PoolConfiguration.second
  /// An environment that has answered is expected to ask for more within this time, and a waiting invocation relies
  /// on it for as long instead of starting another.
  public var settleGrace: Int64 = 25_000_000
  /// An environment that has answered and not asked for more after this long is killed.
  public var settleTimeout: Int64 = 10 * PoolConfiguration.second
  /// An environment that was asked to end has this long to do so before it is killed.
  public var stopGrace: Int64 = 500_000_000

  /// The pause after a provisioned environment did not start, before the next is tried; it doubles up to 64 times this.
  public var provisionPause: Int64 = 500_000_000

  /// Lambda's own rules, with a limit.
  public init(limit: Int) {
    precondition(limit > 0, "a pool needs room for one environment, got \(limit)")
    self.limit = limit
  }

  /// Nanoseconds of a second.
  public static let second: Int64 = 1_000_000_000
}
