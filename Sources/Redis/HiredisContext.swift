import CHiredis
import Glibc
import HostSystem
import TLS

/// One connection of hiredis, owned by one place and closed when that place lets go.
///
/// hiredis has no locks: a context may move between threads but only one may use it at a time, which `mutating`
/// makes the compiler check.
struct HiredisContext: ~Copyable, @unchecked Sendable {
  // Proof of sendability: the context is reached only through `mutating` functions of its one owner.
  private let pointer: UnsafeMutablePointer<redisContext>
  private let address: RedisAddress
  /// In place of hiredis's own reads and writes, for addresses that ask for TLS.
  private var secure: SecureTransport?
  private var patience: Duration

  /// Connects; the time covers the handshakes of transport and TLS only.
  init(connectingTo address: RedisAddress, within patience: Duration) throws(RedisError) {
    Self.ignoreBrokenPipes
    let start = MonotonicInstant.now
    let connected =
      switch address.place {
      case .unix(let path): redisConnectUnixWithTimeout(path, patience.timeval)
      case .tcp(let host, let port): redisConnectWithTimeout(host, Int32(port), patience.timeval)
      }
    guard let connected else {
      throw RedisError(.connect, operation: "connect", address: "\(address)", reason: "out of memory")
    }
    guard connected.pointee.err == 0 else {
      let reason = Self.reason(connected)
      redisFree(connected)
      throw RedisError(.connect, operation: "connect", address: "\(address)", reason: reason)
    }
    // hiredis 0.14 leaves its sockets open across exec.
    _ = fcntl(connected.pointee.fd, F_SETFD, FD_CLOEXEC)
    if case .tcp = address.place { redisEnableKeepAlive(connected) }
    var secure: SecureTransport?
    do throws(RedisError) {
      let left = patience - .nanoseconds(MonotonicInstant.now - start)
      secure = try Self.secure(connected.pointee.fd, address, within: left)
    } catch {
      redisFree(connected)
      throw error
    }
    pointer = connected
    self.address = address
    self.secure = secure
    self.patience = patience
  }

  deinit { redisFree(pointer) }

  /// The socket, to poll.
  var descriptor: Int32 { pointer.pointee.fd }

  /// Limits each read and write of the socket from now on.
  mutating func setPatience(_ patience: Duration) throws(RedisError) {
    self.patience = patience
    guard redisSetTimeout(pointer, patience.timeval) == REDIS_OK else { throw failure("set the timeout") }
  }

  /// Adds a command to what the next `reply` sends.
  mutating func append(_ command: [RedisArgument]) throws(RedisError) {
    precondition(!command.isEmpty, "a Redis command has at least a name")
    let lengths = command.map(\.bytes.count)
    var joined: [UInt8] = []
    joined.reserveCapacity(lengths.reduce(0, +))
    for argument in command { joined.append(contentsOf: argument.bytes) }
    let code = joined.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        var starts: [UnsafePointer<CChar>?] = []
        var offset = 0
        for length in lengths {
          starts.append(characters.baseAddress.map { $0 + offset })
          offset += length
        }
        if secure != nil { return appendSecurely(lengths.count, &starts, lengths) }
        return redisAppendCommandArgv(pointer, Int32(lengths.count), &starts, lengths)
      }
    }
    guard code == REDIS_OK else { throw failure(RedisCommand.name(of: command)) }
  }

  private mutating func appendSecurely(
    _ count: Int, _ starts: UnsafeMutablePointer<UnsafePointer<CChar>?>, _ lengths: [Int]
  ) -> Int32 {
    var text: UnsafeMutablePointer<CChar>?
    let length = redisFormatCommandArgv(&text, Int32(count), starts, lengths)
    guard length > 0, let text else { return REDIS_ERR }
    defer { redisFreeCommand(text) }
    secure?.append(Array(UnsafeRawBufferPointer(start: text, count: Int(length))))
    return REDIS_OK
  }

  /// Sends what was appended and waits for the next answer.
  mutating func reply(to operation: String) throws(RedisError) -> RedisReply {
    if secure != nil { return try secureReply(to: operation) }
    var raw: UnsafeMutableRawPointer?
    guard redisGetReply(pointer, &raw) == REDIS_OK, let raw else { throw failure(operation) }
    return try convert(raw, operation)
  }

  /// The next answer that has arrived already; nil where there is none.
  mutating func bufferedReply(to operation: String) throws(RedisError) -> RedisReply? {
    var raw: UnsafeMutableRawPointer?
    guard redisReaderGetReply(pointer.pointee.reader, &raw) == REDIS_OK else {
      throw RedisError(
        .unexpected, operation: operation, address: "\(address)", reason: "the answer is not in Redis's protocol")
    }
    guard let raw else { return nil }
    return try convert(raw, operation)
  }

  private mutating func secureReply(to operation: String) throws(RedisError) -> RedisReply {
    try flush(for: operation)
    while true {
      if let reply = try bufferedReply(to: operation) { return reply }
      do throws(TLSError) { try secure?.read(into: pointer.pointee.reader, within: patience) } catch {
        throw RedisError(error, operation: operation, address: "\(address)")
      }
    }
  }

  /// Reads what has arrived; call it when a poll says that there is something.
  mutating func read(for operation: String) throws(RedisError) {
    if secure != nil {
      do throws(TLSError) { try secure?.readAvailable(into: pointer.pointee.reader) } catch {
        throw RedisError(error, operation: operation, address: "\(address)")
      }
      return
    }
    guard redisBufferRead(pointer) == REDIS_OK else { throw failure(operation) }
  }

  /// Sends what was appended without waiting for an answer.
  mutating func flush(for operation: String) throws(RedisError) {
    if secure != nil {
      do throws(TLSError) { try secure?.flush(within: patience) } catch {
        throw RedisError(error, operation: operation, address: "\(address)")
      }
      return
    }
    var done: Int32 = 0
    while done == 0 {
      guard redisBufferWrite(pointer, &done) == REDIS_OK else { throw failure(operation) }
    }
  }

  /// Whether the peer has hung up or sent something, by a poll that does not wait.
  mutating func hasNews() -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, 0) != 0 else { return secure?.hasPending ?? false }
    guard secure != nil else { return true }
    // A server sends tickets for later connections after the handshake: they are TLS's own affair.
    return (try? secure?.readAvailable(into: pointer.pointee.reader)) ?? true
  }

  private func convert(_ raw: UnsafeMutableRawPointer, _ operation: String) throws(RedisError) -> RedisReply {
    defer { freeReplyObject(raw) }
    guard let reply = RedisReply(raw.assumingMemoryBound(to: redisReply.self)) else {
      throw RedisError(
        .unexpected, operation: operation, address: "\(address)", reason: "the answer has a type unknown to RESP2")
    }
    return reply
  }

  private func failure(_ operation: String) -> RedisError {
    // Before anything else that could change it.
    let number = errno
    let kind: RedisError.Kind =
      switch pointer.pointee.err {
      case REDIS_ERR_IO where number == EAGAIN || number == ETIMEDOUT: .timeout
      case REDIS_ERR_IO, REDIS_ERR_EOF: .closed
      default: .unexpected
      }
    return RedisError(
      kind, operation: operation, address: "\(address)",
      reason: kind == .timeout ? "no answer in time" : Self.reason(pointer))
  }

  private static func reason(_ context: UnsafeMutablePointer<redisContext>) -> String {
    withUnsafeBytes(of: &context.pointee.errstr) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
