import CHiredis
import TLS

/// What goes between hiredis's formatter and parser and a server that is spoken to by TLS.
///
/// Debian 12's hiredis has no TLS of its own.
struct SecureTransport: ~Copyable, Sendable {
  private var stream: TLSStream
  private var unsent: [UInt8] = []
  // As long as the longest record of TLS.
  private var buffer = [UInt8](repeating: 0, count: 16_384)

  /// Greets the server at the other end of a connected socket.
  init(
    over socket: Int32, to host: String, _ security: RedisAddress.Security, within patience: Duration
  ) throws(TLSError) {
    stream = try TLSStream(
      over: socket, to: host, trusting: TLSTrust.of(authoritiesIn: security.authorities), within: patience)
  }

  /// Whether something has arrived that no poll of the socket sees.
  var hasPending: Bool { stream.hasPending }

  /// Adds a command to what the next `flush` sends.
  mutating func append(_ bytes: [UInt8]) { unsent += bytes }

  /// Sends what was appended.
  mutating func flush(within patience: Duration) throws(TLSError) {
    guard !unsent.isEmpty else { return }
    try stream.writeAll(unsent, within: patience)
    unsent.removeAll(keepingCapacity: unsent.count <= 65_536)
  }

  /// Waits for bytes and hands them to the parser.
  mutating func read(into reader: UnsafeMutablePointer<redisReader>, within patience: Duration) throws(TLSError) {
    let count = try stream.read(into: &buffer, within: patience)
    feed(reader, count)
  }

  /// Hands the parser what has arrived; false where that was nothing.
  @discardableResult
  mutating func readAvailable(into reader: UnsafeMutablePointer<redisReader>) throws(TLSError) -> Bool {
    var hasRead = false
    while let count = try stream.readAvailable(into: &buffer) {
      feed(reader, count)
      hasRead = true
      if !stream.hasPending { break }
    }
    return hasRead
  }

  private func feed(_ reader: UnsafeMutablePointer<redisReader>, _ count: Int) {
    // It fails for want of memory only; then the next answer is not in Redis's protocol.
    buffer.withUnsafeBytes { _ = redisReaderFeed(reader, $0.baseAddress, count) }
  }
}

extension RedisError {
  /// What a secure connection's trouble is to a client of Redis.
  ///
  /// - Parameter connecting: no answer of the server's was awaited yet.
  init(_ failure: TLSError, operation: String, address: String, connecting: Bool = false) {
    let kind: Kind =
      switch failure.kind {
      case .untrusted, .disagreement, .certificates: .tls
      case .timeout: connecting ? .connect : .timeout
      case .closed: connecting ? .connect : .closed
      }
    self.init(kind, operation: operation, address: address, reason: failure.description)
  }
}
