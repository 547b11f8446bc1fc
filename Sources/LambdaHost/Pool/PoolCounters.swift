/// What a pool has done so far; every figure only grows.
public struct PoolCounters: Sendable, Hashable, Codable {
  /// Environments started.
  public var started = 0
  /// Environments started before there was work for them; part of `started`.
  public var startedAhead = 0
  /// Environments of the provisioned concurrency; part of `startedAhead`.
  public var startedProvisioned = 0
  /// Environments that ended, or were killed, before they were ready.
  public var failedStarts = 0
  /// Initialisations repeated within an invocation because the first one failed.
  public var repeatedStarts = 0
  /// Invocations given to an environment that was ready.
  public var handed = 0
  /// Invocations that waited for an environment to start and got it; part of `handed`.
  public var coldStarts = 0
  /// Invocations given to an environment of the provisioned concurrency; part of `handed`.
  public var handedProvisioned = 0
  /// Invocations given to an environment beyond the provisioned concurrency, where there is one; part of `handed`.
  public var spilledOver = 0
  /// Invocations refused because the limit of environments or of concurrency was reached.
  public var throttled = 0
  /// Invocations answered by their environment.
  public var answered = 0
  /// Invocations whose environment ended under them.
  public var crashed = 0
  /// Invocations stopped at the time limit.
  public var timedOut = 0
  /// Environments stopped because they were idle.
  public var reaped = 0
  /// Environments stopped after their share of invocations.
  public var recycled = 0
  /// Environments replaced because the executor said that they must not be used again.
  public var recycledForProblem = 0
  /// Environments replaced because their program had broken a limit.
  public var recycledAfterLimit = 0
  /// Idle environments stopped to make room for another tenant.
  public var evicted = 0
  /// Environments killed because they did not ask for more work after an answer.
  public var stuck = 0

  /// Nothing done yet.
  public init() {}
}
