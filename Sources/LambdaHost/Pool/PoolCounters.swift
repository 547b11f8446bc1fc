/// What a pool has done so far; every figure only grows.
public struct PoolCounters: Sendable, Hashable, Codable {
  /// Environments started.
  public var started = 0
  /// Environments started before there was work for them; part of `started`.
  public var startedAhead = 0
  /// Environments that ended, or were killed, before they were ready.
  public var failedStarts = 0
  /// Invocations given to an environment that was ready.
  public var handed = 0
  /// Invocations that waited for an environment to start and got it; part of `handed`.
  public var coldStarts = 0
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
  /// Environments killed because they did not ask for more work after an answer.
  public var stuck = 0

  /// Nothing done yet.
  public init() {}
}
