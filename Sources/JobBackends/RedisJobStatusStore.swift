public import Jobs
public import Redis

/// Keeps the status of every job in a hash of its own that the server forgets when the job's lifetime ends.
public struct RedisJobStatusStore: JobStatusStore {
  private let pool: RedisPool
  private let configuration: PlatformConfiguration

  /// A store that reads and writes through the pool.
  public init(_ pool: RedisPool, _ configuration: PlatformConfiguration) {
    self.pool = pool
    self.configuration = configuration
  }

  /// The status, or nil for a job that is unknown or forgotten.
  public func status(of job: JobID) throws(BackendError) -> JobStatus? {
    let key = configuration.statusKey(of: job)
    let reply = try pool.perform("read the status of job \(job)") { connection throws(RedisError) in
      try connection.send(["HGETALL", RedisArgument(key)])
    }
    guard let fields = reply.fields else { throw .unreadable(key, from: pool.address) }
    if fields.isEmpty { return nil }
    guard let status = StatusRecord.status(of: job, fields) else { throw .unreadable(key, from: pool.address) }
    return status
  }

  /// Marks a queued job running; false where it runs already, has ended or is unknown.
  @discardableResult
  public func markRunning(_ job: JobID, timings: JobTimings) throws(BackendError) -> Bool {
    let arguments = [RedisArgument(try JSON.encode(timings))]
    return try change(job, "mark job \(job) running", Self.markRunning, arguments)
  }

  /// Stores the end of a job and publishes its id; false where the job has ended before or is unknown.
  @discardableResult
  public func finish(_ job: JobID, _ status: JobStatus) throws(BackendError) -> Bool {
    precondition(status.status.isTerminal, "a job ends completed or failed, not \(status.status)")
    let arguments =
      [RedisArgument(configuration.finishedChannel), RedisArgument(job.description)]
      + (try StatusRecord.fields(of: status)).flatMap { [RedisArgument($0.name), $0.value] }
    return try change(job, "store the result of job \(job)", Self.finish, arguments)
  }

  private func change(
    _ job: JobID, _ task: String, _ script: RedisScript, _ arguments: [RedisArgument]
  ) throws(BackendError) -> Bool {
    let key = configuration.statusKey(of: job)
    let reply = try pool.perform(task) { connection throws(RedisError) in
      try connection.run(script, keys: [RedisArgument(key)], arguments)
    }
    return reply.integer == 1
  }

  private static let markRunning = RedisScript(
    "mark a job running",
    """
    if redis.call('HGET', KEYS[1], 'state') ~= 'queued' then return 0 end
    local time = redis.call('TIME')
    redis.call('HSET', KEYS[1], 'state', 'running',
      'timestamp', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)), 'timings', ARGV[1])
    return 1
    """)

  private static let finish = RedisScript(
    "finish a job",
    """
    local state = redis.call('HGET', KEYS[1], 'state')
    if state ~= 'queued' and state ~= 'running' then return 0 end
    local time = redis.call('TIME')
    local stored = string.format('%.0f', time[1] * 1000000 + time[2])
    redis.call('HSET', KEYS[1], 's6', stored, 'timestamp', string.sub(stored, 1, -4), unpack(ARGV, 3))
    redis.call('PUBLISH', ARGV[1], ARGV[2])
    return 1
    """)
}
