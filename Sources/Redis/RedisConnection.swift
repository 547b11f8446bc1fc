/// A connection to a Redis server: one command, or one pipeline, at a time.
///
/// It has one owner; a connection that has failed once stays broken, because what its peer read is unknown.
public struct RedisConnection: ~Copyable, Sendable {
  /// Where the server listens.
  public let address: RedisAddress
  /// True after a failure; every further use fails.
  public private(set) var isBroken = false

  private var context: HiredisContext
  private let timeouts: RedisTimeouts
  private var patience: Duration

  /// Connects, logs in and chooses the database, as the address asks for.
  public init(to address: RedisAddress, timeouts: RedisTimeouts = .init()) throws(RedisError) {
    let context = try HiredisContext.open(address, timeouts)
    self.address = address
    self.timeouts = timeouts
    patience = timeouts.reply
    self.context = context
  }

  /// Sends one command and returns its answer; the server's refusal is thrown.
  ///
  /// - Parameters:
  ///   - command: the name and the arguments; any bytes.
  ///   - operation: what to call the command in an error; nil takes its name.
  ///   - blocking: how long the command itself may wait on the server.
  public mutating func send(
    _ command: [RedisArgument], as operation: String? = nil, blocking: Duration = .zero
  ) throws(RedisError) -> RedisReply {
    let operation = operation ?? RedisCommand.name(of: command)
    let reply = try exchange(operation, blocking) { context throws(RedisError) in
      try context.append(command)
      return try context.reply(to: operation)
    }
    if case .error(let reason) = reply {
      let error = RedisError(.refused, operation: operation, address: "\(address)", reason: reason)
      // After a fail-over the address leads to another server, but this connection does not.
      if error.code == "READONLY" { isBroken = true }
      throw error
    }
    return reply
  }

  /// Sends several commands in one go and returns their answers in order; a refusal is an answer like any other.
  public mutating func pipeline(_ commands: [[RedisArgument]]) throws(RedisError) -> [RedisReply] {
    try exchange("pipeline", .zero) { context throws(RedisError) in
      for command in commands { try context.append(command) }
      var replies: [RedisReply] = []
      for command in commands { replies.append(try context.reply(to: RedisCommand.name(of: command))) }
      return replies
    }
  }

  /// Whether the peer has hung up or sent something unasked, both of which end the connection's usefulness.
  mutating func isStale() -> Bool {
    isBroken || context.hasNews()
  }

  private mutating func exchange<Answer>(
    _ operation: String, _ blocking: Duration,
    _ body: (inout HiredisContext) throws(RedisError) -> Answer
  ) throws(RedisError) -> Answer {
    guard !isBroken else {
      throw RedisError(.closed, operation: operation, address: "\(address)", reason: "the connection failed before")
    }
    do throws(RedisError) {
      if patience != timeouts.reply + blocking {
        patience = timeouts.reply + blocking
        try context.setPatience(patience)
      }
      return try body(&context)
    } catch {
      isBroken = true
      throw error
    }
  }
}

/// What is said of a command in an error.
enum RedisCommand {
  /// The command's name; the arguments are nobody's business.
  static func name(of command: [RedisArgument]) -> String {
    command.first.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "no command"
  }
}
