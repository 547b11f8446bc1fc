package import AWSServices
package import JobBackends
import Jobs
package import Redis

/// Takes jobs in with a record in Redis and a message in SQS, in this order.
///
/// The client's idempotency key names the job only when both are stored: a try that failed half-way leaves a record
/// that nobody was told of, which the server forgets, and never a key that names a job without a message.
package struct SQSJobIntake: JobIntake {
  private let pool: RedisPool
  private let configuration: PlatformConfiguration
  private let queue: SQS

  /// An intake that stores records through the pool and sends messages to the queue.
  package init(_ pool: RedisPool, _ configuration: PlatformConfiguration, _ queue: SQS) {
    self.pool = pool
    self.configuration = configuration
    self.queue = queue
  }

  /// Stores the record "queued", then the message; or finds the job that the key already names.
  package func accept(_ message: JobMessage, idempotencyKey: String?) throws(BackendError) -> Acceptance {
    let text = try QueueBody.text(of: message)
    // Before a record is stored that no message would follow.
    guard text.utf8.count <= SQS.messageLimit else {
      throw BackendError(
        .tooLarge,
        "input, files and options of a job have \(text.utf8.count) bytes as JSON; the queue takes \(SQS.messageLimit)")
    }
    let key = idempotencyKey.map { configuration.idempotencyKey($0) }
    if let key, let job = try job(named: key) { return .existing(job) }
    try record(message)
    try BackendError.of("send the message of job \(message.jobId)") { () throws(AWSError) in try queue.send(text) }
    guard let key else { return .created(message.jobId) }
    return try name(message.jobId, key)
  }

  private func job(named key: String) throws(BackendError) -> JobID? {
    try perform("read an idempotency key") { connection throws(RedisError) in
      try connection.send(["GET", RedisArgument(key)])
    }.text.flatMap { JobID($0) }
  }

  private func record(_ message: JobMessage) throws(BackendError) {
    let status = configuration.statusKey(of: message.jobId)
    _ = try perform("store job \(message.jobId)") { connection throws(RedisError) in
      try connection.run(
        Self.script, keys: [RedisArgument(status)],
        [RedisArgument(message.receivedAt), RedisArgument(configuration.jobLifetimeSeconds)])
    }
  }

  /// Of two tries with one key at the same time, the first to come here wins, and both clients are told its job.
  private func name(_ job: JobID, _ key: String) throws(BackendError) -> Acceptance {
    let reply = try perform("store an idempotency key") { connection throws(RedisError) in
      try connection.send([
        "SET", RedisArgument(key), RedisArgument(job.description), "NX", "EX",
        RedisArgument(configuration.jobLifetimeSeconds),
      ])
    }
    if case .status = reply { return .created(job) }
    guard let other = try self.job(named: key) else { return .created(job) }
    return .existing(other)
  }

  private func perform(
    _ task: String, _ body: (inout RedisConnection) throws(RedisError) -> RedisReply
  ) throws(BackendError) -> RedisReply {
    do throws(RedisError) {
      return try pool.withConnection(body)
    } catch {
      throw BackendError(error, doing: task)
    }
  }

  private static let script = RedisScript(
    "record a job",
    """
    if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
    local time = redis.call('TIME')
    local accepted = string.format('%.0f', time[1] * 1000000 + time[2])
    redis.call('HSET', KEYS[1], 'state', 'queued', 'timestamp', string.sub(accepted, 1, -4),
      's0', ARGV[1], 's1', accepted)
    redis.call('EXPIRE', KEYS[1], ARGV[2])
    return 1
    """)
}
