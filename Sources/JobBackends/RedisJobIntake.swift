import Jobs
public import Redis

/// Takes jobs in with one script and one round trip: idempotency key, status record and message, all or none.
public struct RedisJobIntake: JobIntake {
  private let pool: RedisPool
  private let configuration: PlatformConfiguration

  /// An intake that stores through the pool.
  public init(_ pool: RedisPool, _ configuration: PlatformConfiguration) {
    self.pool = pool
    self.configuration = configuration
  }

  /// Stores the record "queued" and the message, or finds the job that the key already names.
  ///
  /// The same message accepted twice is stored once, so a caller may repeat a try whose answer got lost.
  public func accept(_ message: JobMessage, idempotencyKey: String?) throws(BackendError) -> Acceptance {
    let fields = try StreamEntry.fields(of: message)
    var keys = [configuration.streamKey, configuration.statusKey(of: message.jobId)]
    if let idempotencyKey { keys.append(configuration.idempotencyKey(idempotencyKey)) }
    let arguments =
      [
        RedisArgument(message.jobId.description), RedisArgument(message.receivedAt),
        RedisArgument(configuration.jobLifetimeSeconds),
      ] + fields.flatMap { [RedisArgument($0.name), $0.value] }
    let reply = try pool.perform("store job \(message.jobId)") { connection throws(RedisError) in
      try connection.run(Self.script, keys: keys.map { RedisArgument($0) }, arguments)
    }
    guard let parts = reply.array, parts.count == 2, let created = parts[0].integer,
      let job = parts[1].text.flatMap({ JobID($0) })
    else { throw .unreadable("the job that the idempotency key names", from: pool.address) }
    return created == 1 ? .created(job) : .existing(job)
  }

  // XADD comes first because it alone can be refused (another type under the key): then nothing has been written.
  // Lua would print microseconds as 1.7e+15, hence the format.
  private static let script = RedisScript(
    "accept a job",
    """
    local stream, status, idempotency = KEYS[1], KEYS[2], KEYS[3]
    local job, received, lifetime = ARGV[1], ARGV[2], ARGV[3]
    local existing = idempotency and redis.call('GET', idempotency)
    if existing then return {0, existing} end
    if redis.call('EXISTS', status) == 1 then return {0, job} end
    local time = redis.call('TIME')
    local accepted = string.format('%.0f', time[1] * 1000000 + time[2])
    redis.call('XADD', stream, '*', 'accepted', accepted, 'deliveries', 0, unpack(ARGV, 4))
    redis.call('HSET', status, 'state', 'queued', 'timestamp', string.sub(accepted, 1, -4),
      's0', received, 's1', accepted)
    redis.call('EXPIRE', status, lifetime)
    if idempotency then redis.call('SET', idempotency, job, 'EX', lifetime) end
    return {1, job}
    """)
}
