import Redis

/// The consumer group of a stream, made where a fresh or emptied server does not have it.
struct ConsumerGroup: Sendable {
  let pool: RedisPool
  let stream: String
  let name: String

  /// Runs a script of the queue; the task names it in an error.
  func run(
    _ task: String, _ script: RedisScript, keys: [String], _ arguments: [RedisArgument]
  ) throws(BackendError) -> RedisReply {
    try perform(task) { () throws(RedisError) in
      try pool.withConnection { connection throws(RedisError) in
        try connection.run(script, keys: keys.map { RedisArgument($0) }, arguments)
      }
    }
  }

  /// Does it, and once more after making the group where that was what it lacked.
  func perform(_ task: String, _ body: () throws(RedisError) -> RedisReply) throws(BackendError) -> RedisReply {
    do throws(RedisError) {
      do throws(RedisError) {
        return try body()
      } catch {
        // UNBLOCKED: the stream was deleted while a read waited for it.
        guard error.code == "NOGROUP" || error.code == "UNBLOCKED" else { throw error }
      }
      try create()
      return try body()
    } catch {
      throw BackendError(error, doing: task)
    }
  }

  /// From 0 and not from $: what was accepted before the first dispatcher came is delivered too.
  private func create() throws(RedisError) {
    do throws(RedisError) {
      _ = try pool.withConnection { [stream, name] connection throws(RedisError) in
        try connection.send(["XGROUP", "CREATE", RedisArgument(stream), RedisArgument(name), "0", "MKSTREAM"])
      }
    } catch {
      guard error.code == "BUSYGROUP" else { throw error }
    }
  }
}
