/// How long a caller may be kept waiting.
public struct RedisTimeouts: Sendable, Hashable {
  /// For a connection to be made.
  public var connect: Duration
  /// For an answer, beyond the time that a blocking command asks for itself; also for a free connection of a pool.
  public var reply: Duration

  /// Patience; the defaults fit a server on the same machine or in the same network.
  public init(connect: Duration = .seconds(1), reply: Duration = .seconds(3)) {
    self.connect = connect
    self.reply = reply
  }
}
