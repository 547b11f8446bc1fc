public import Redis

/// Who runs the jobs of a platform.
public protocol HostDirectory: Sendable {
  /// The hosts that are alive, by name.
  func hosts() throws(BackendError) -> [HostReport]
}

/// The register of hosts on a Redis server, as its readers see it: a sorted set of names by the time of their last sign of
/// life, and a hash of what each says of itself.
public struct RedisHostDirectory: HostDirectory {
  /// Milliseconds of silence after which a host counts as dead.
  public static let patience = 10_000

  private let pool: RedisPool
  private let configuration: PlatformConfiguration

  /// The directory of a platform.
  public init(_ pool: RedisPool, _ configuration: PlatformConfiguration) {
    self.pool = pool
    self.configuration = configuration
  }

  // KEYS: names, reports. ARGV: patience.
  private static let list = RedisScript(
    "read the register of hosts",
    """
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local reports = {}
    for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now - ARGV[1], '+inf')) do
      local report = redis.call('HGET', KEYS[2], name)
      if report then reports[#reports + 1] = report end
    end
    return reports
    """)

  /// The hosts that are alive, by name; what another version wrote and cannot be read is left out.
  public func hosts() throws(BackendError) -> [HostReport] {
    let keys = [RedisArgument(configuration.hostsKey), RedisArgument(configuration.hostReportsKey)]
    let reply = try pool.perform("read the register of hosts") { connection throws(RedisError) in
      try connection.run(Self.list, keys: keys, [RedisArgument(Self.patience)])
    }
    let reports = (reply.array ?? []).compactMap(\.bytes).compactMap { try? JSON.decode(HostReport.self, from: $0) }
    return reports.sorted { $0.name < $1.name }
  }
}
