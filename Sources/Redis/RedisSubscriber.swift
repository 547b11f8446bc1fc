import Glibc
public import HostSystem

/// News that a server publishes on channels, read by one thread.
public struct RedisSubscriber: ~Copyable, Sendable {
  /// One piece of news.
  public struct Message: Sendable, Hashable {
    /// Where it was published.
    public var channel: String
    /// What was published.
    public var payload: [UInt8]
  }

  private var context: HiredisContext
  private let address: RedisAddress
  private let timeouts: RedisTimeouts
  private let idle: Duration

  /// Connects and returns when the server has confirmed every channel: nothing published later is missed.
  ///
  /// - Parameter idle: silence after which the server is asked for a sign of life.
  public init(
    to address: RedisAddress, channels: [String], timeouts: RedisTimeouts = .init(), idle: Duration = .seconds(15)
  ) throws(RedisError) {
    var context = try HiredisContext.open(address, timeouts)
    try context.append(["SUBSCRIBE"] + channels.map { RedisArgument($0) })
    for _ in channels {
      if case .error(let reason) = try context.reply(to: "SUBSCRIBE") {
        throw RedisError(.refused, operation: "SUBSCRIBE", address: "\(address)", reason: reason)
      }
    }
    self.address = address
    self.timeouts = timeouts
    self.idle = idle
    self.context = context
  }

  /// Waits for the next message; nil when `stop` was raised.
  public mutating func next(unless stop: borrowing EventDescriptor) throws(RedisError) -> Message? {
    while true {
      while let reply = try context.bufferedReply(to: "SUBSCRIBE") {
        if let message = Self.message(reply) { return message }
      }
      guard try awaitNews(stop) else { return nil }
      try context.read(for: "SUBSCRIBE")
    }
  }

  /// Waits until the socket can be read; false when `stop` was raised.
  private mutating func awaitNews(_ stop: borrowing EventDescriptor) throws(RedisError) -> Bool {
    switch Self.poll(context.descriptor, stop.number, idle) {
    case .stopped: return false
    case .readable: return true
    case .silent: break
    }
    // A peer that vanished without closing looks like one that has nothing to say.
    try context.append(["PING"])
    try context.flush(for: "PING")
    switch Self.poll(context.descriptor, stop.number, timeouts.reply) {
    case .stopped: return false
    case .readable: return true
    case .silent:
      throw RedisError(.timeout, operation: "PING", address: "\(address)", reason: "no answer in time")
    }
  }

  private enum Wake {
    case readable
    case stopped
    case silent
  }

  private static func poll(_ socket: Int32, _ stop: Int32, _ patience: Duration) -> Wake {
    var entries = [
      pollfd(fd: socket, events: Int16(POLLIN), revents: 0), pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds = Int32(
      clamping: patience.components.seconds * 1_000
        + patience.components.attoseconds / 1_000_000_000_000_000)
    while true {
      let count = Glibc.poll(&entries, 2, milliseconds)
      if count < 0 && errno == EINTR { continue }
      if entries[1].revents != 0 { return .stopped }
      return count > 0 ? .readable : .silent
    }
  }

  /// A published message; nil for confirmations and answers to PING.
  private static func message(_ reply: RedisReply) -> Message? {
    guard let parts = reply.array, parts.count == 3, parts[0].text == "message", let channel = parts[1].text,
      let payload = parts[2].bytes
    else { return nil }
    return Message(channel: channel, payload: payload)
  }
}
