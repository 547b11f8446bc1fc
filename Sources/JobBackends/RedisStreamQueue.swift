import HostSystem
public import Jobs
public import Redis

/// A queue on a Redis stream with one consumer group that all dispatchers share.
///
/// An entry stays in the stream until it is acknowledged, so the stream's length is what is waiting or in flight.
/// The count of deliveries survives both ways of coming again: an entry of a consumer that died is claimed and the
/// group counts; an entry that was released is added anew with its count.
public final class RedisStreamQueue: JobQueue {
  /// This consumer's name in the group.
  public let consumer: String
  private let configuration: PlatformConfiguration
  private let pool: RedisPool
  private let group: ConsumerGroup
  // Blocking reads would keep the shared pool's connections from everybody else.
  private let receivers: RedisPool
  private let nextClaim = Lock(MonotonicInstant.now)
  /// Trouble with one message of several, to be told by the next receive: the others are not to be held up by it.
  private let postponed = Lock<BackendError?>(nil)

  /// A queue.
  ///
  /// - Parameters:
  ///   - pool: for everything but the blocking reads, which use connections of their own, one a thread.
  ///   - configuration: names and limits.
  ///   - consumer: unique to this process; entries that it leaves behind are claimed by others.
  public init(_ pool: RedisPool, _ configuration: PlatformConfiguration, consumer: String = JobID().description) {
    self.pool = pool
    self.configuration = configuration
    self.consumer = consumer
    group = ConsumerGroup(pool: pool, stream: configuration.streamKey, name: configuration.groupName)
    receivers = RedisPool(pool.address, limit: 4_096, timeouts: pool.timeouts)
  }

  /// Waits for messages and takes those that are there, up to a number; none when the wait passed without one.
  ///
  /// Now and then it first looks for a message whose consumer has died, and returns that alone. A message that cannot be
  /// read is moved to the dead letters and reported as an error, where it came among others by the next call; its job
  /// fails, where it can be told which that is.
  public func receive(upTo limit: Int, waitMilliseconds: Int) throws(BackendError) -> [ReceivedMessage] {
    precondition(limit > 0, "a receive takes one message at least, got \(limit)")
    if let error = postponed.withLock({ $0.take() }) { throw error }
    let deadline = MonotonicInstant.now + Int64(waitMilliseconds) * 1_000_000
    while true {
      if claimIsDue(), let message = try claim() { return [message] }
      let now = MonotonicInstant.now
      let pause = min(deadline, nextClaim.withLock { $0 }) - now
      let messages = try readNext(upTo: limit, waiting: Int((max(pause, 0) + 999_999) / 1_000_000))
      if !messages.isEmpty { return messages }
      if MonotonicInstant.now >= deadline { return [] }
    }
  }

  /// The message is done with and will not come again.
  public func acknowledge(_ message: ReceivedMessage) throws(BackendError) {
    _ = try group.run(
      "acknowledge job \(message.message.jobId)", StreamScripts.acknowledge, keys: [configuration.streamKey],
      [RedisArgument(configuration.groupName), RedisArgument(message.receipt)])
  }

  /// The message comes again at once, behind what is waiting, its count of deliveries kept.
  ///
  /// It changes nothing where the message has been given to another consumer meanwhile.
  public func release(_ message: ReceivedMessage) throws(BackendError) {
    _ = try group.run(
      "release job \(message.message.jobId)", StreamScripts.release, keys: [configuration.streamKey],
      [
        RedisArgument(configuration.groupName), RedisArgument(message.receipt), RedisArgument(consumer),
        RedisArgument(message.attempt),
      ])
  }

  /// Moves the message to the dead letters with the reason.
  public func bury(_ message: ReceivedMessage, reason: String) throws(BackendError) {
    try bury(receipt: message.receipt, attempt: message.attempt, reason: reason)
  }

  /// Messages waiting for delivery, delivered and not yet acknowledged, and dead letters.
  public func depth() throws(BackendError) -> QueueDepth {
    let reply = try group.run(
      "read the depth of the queue", StreamScripts.depth,
      keys: [configuration.streamKey, configuration.deadLetterKey], [RedisArgument(configuration.groupName)])
    let numbers = (reply.array ?? []).compactMap { $0.integer.map { Int($0) } }
    guard numbers.count == 3 else { throw .unreadable(configuration.streamKey, from: pool.address) }
    return QueueDepth(waiting: numbers[0] - numbers[1], inFlight: numbers[1], deadLetters: numbers[2])
  }

  /// Makes deliverable at once what consumers hold that are known to be gone, and forgets those consumers.
  ///
  /// For a host that knows who else is alive (often nobody) and need not wait for the visibility timeout after a
  /// restart. This queue's own consumer counts as alive.
  ///
  /// - Returns: how many messages came free.
  @discardableResult
  public func recoverPending(ofConsumersNotIn alive: Set<String> = []) throws(BackendError) -> Int {
    let reply = try group.run(
      "recover messages of consumers that are gone", StreamScripts.recover, keys: [configuration.streamKey],
      [RedisArgument(configuration.groupName)] + alive.union([consumer]).sorted().map { RedisArgument($0) })
    return Int(reply.integer ?? 0)
  }

  private func bury(receipt: String, attempt: Int, reason: String) throws(BackendError) {
    _ = try group.run(
      "move message \(receipt) to the dead letters", StreamScripts.bury,
      keys: [configuration.streamKey, configuration.deadLetterKey],
      [
        RedisArgument(configuration.groupName), RedisArgument(receipt), RedisArgument(attempt),
        RedisArgument(reason), RedisArgument(configuration.deadLetterLimit),
      ])
  }

  private func claimIsDue() -> Bool {
    let interval = Int64(min(max(configuration.visibilityTimeoutMilliseconds / 4, 20), 5_000)) * 1_000_000
    let now = MonotonicInstant.now
    return nextClaim.withLock { next in
      guard now >= next else { return false }
      next = now + interval
      return true
    }
  }

  private func claim() throws(BackendError) -> ReceivedMessage? {
    let reply = try group.run(
      "look for messages of dead consumers", StreamScripts.claim, keys: [configuration.streamKey],
      [
        RedisArgument(configuration.groupName), RedisArgument(consumer),
        RedisArgument(configuration.visibilityTimeoutMilliseconds),
      ])
    guard let parts = reply.array else { return nil }
    // Where one was left behind there may be more.
    nextClaim.withLock { $0 = .now }
    return try message(parts.first, parts.dropFirst().first, pending: parts.last?.integer.map { Int($0) })
  }

  private func readNext(upTo limit: Int, waiting milliseconds: Int) throws(BackendError) -> [ReceivedMessage] {
    // BLOCK 0 would wait for ever.
    let block: [RedisArgument] = milliseconds > 0 ? ["BLOCK", RedisArgument(milliseconds)] : []
    let command: [RedisArgument] =
      ["XREADGROUP", "GROUP", RedisArgument(configuration.groupName), RedisArgument(consumer), "COUNT"]
      + [RedisArgument(limit)] + block + ["STREAMS", RedisArgument(configuration.streamKey), ">"]
    let reply = try group.perform("receive a job") { () throws(RedisError) in
      try receivers.withConnection { connection throws(RedisError) in
        try connection.send(command, blocking: .milliseconds(milliseconds))
      }
    }
    return try messages(reply.array?.first?.array?.last?.array ?? [])
  }

  private func messages(_ entries: [RedisReply]) throws(BackendError) -> [ReceivedMessage] {
    var messages: [ReceivedMessage] = []
    var trouble: BackendError?
    for case let entry? in entries.map(\.array) {
      do throws(BackendError) { messages.append(try message(entry.first, entry.last, pending: 1)) } catch {
        trouble = error
      }
    }
    if let trouble, messages.isEmpty { throw trouble }
    if let trouble { postponed.withLock { $0 = trouble } }
    return messages
  }

  private func message(
    _ receipt: RedisReply?, _ fields: RedisReply?, pending: Int?
  ) throws(BackendError) -> ReceivedMessage {
    guard let receipt = receipt?.text, let pending else {
      throw .unreadable(configuration.streamKey, from: pool.address)
    }
    if let message = fields?.fields.flatMap({ StreamEntry.message(receipt: receipt, fields: $0, pending: pending) }) {
      return message
    }
    if let job = fields?.fields?["message"]?.bytes.flatMap({ UnreadableMessage.job(in: $0) }) {
      try RedisJobStatusStore(pool, configuration).finish(job, UnreadableMessage.end(of: job))
    }
    try bury(receipt: receipt, attempt: pending, reason: "the message cannot be read")
    throw BackendError(
      .invalid,
      "cannot read message \(receipt) of \(configuration.streamKey): it was written by another program or another "
        + "version; it was moved to \(configuration.deadLetterKey)")
  }
}
