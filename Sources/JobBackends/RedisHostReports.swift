public import Jobs
public import Redis

/// What the hosts that are alive say of their languages.
public protocol HostReports: Sendable {
  /// One report for each host that is alive, by the languages' names.
  func languages() throws(BackendError) -> [[String: LanguageStatus]]
}

/// Reads what hosts wrote beside their entry in the register.
public struct RedisHostReports: HostReports {
  private let pool: RedisPool
  private let configuration: PlatformConfiguration

  /// Milliseconds of silence after which a host is not counted as alive.
  package static let patience = 10_000

  /// Reports that are read through the pool.
  public init(_ pool: RedisPool, _ configuration: PlatformConfiguration) {
    self.pool = pool
    self.configuration = configuration
  }

  /// One report for each host that is alive; one that cannot be read is left out.
  public func languages() throws(BackendError) -> [[String: LanguageStatus]] {
    let keys = [configuration.hostsKey, configuration.hostLanguagesKey].map { RedisArgument($0) }
    let reply = try pool.perform("read the hosts' reports") { connection throws(RedisError) in
      try connection.run(Self.read, keys: keys, [RedisArgument(String(Self.patience))])
    }
    return (reply.array ?? []).compactMap { report in
      report.text.flatMap { try? JSON.decode([String: LanguageStatus].self, from: Array($0.utf8)) }
    }
  }

  private static let read = RedisScript(
    "read what hosts say of their languages",
    """
    local time = redis.call('TIME')
    local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[1]
    local reports = {}
    for _, host in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], oldest, '+inf')) do
      local report = redis.call('HGET', KEYS[2], host)
      if report then reports[#reports + 1] = report end
    end
    return reports
    """)
}
