import COpenSSL
import Glibc
import HostSystem

/// The client's end of a TLS connection over a socket that somebody else opens and closes.
///
/// TLS 1.2 or later; the server's certificate must lead to a trusted authority and bear the host's name or address.
/// One thread at a time may use it. After an error it is of no more use.
package struct TLSStream: ~Copyable, @unchecked Sendable {
  // Proof of sendability: the connection is reached only through `mutating` functions of its one owner.
  private let connection: OpaquePointer
  private let socket: Int32

  /// Greets the server; the socket is connected already, and is made non-blocking.
  ///
  /// - Parameter patience: for the whole handshake.
  package init(
    over socket: Int32, to host: String, trusting trust: TLSTrust, within patience: Duration
  ) throws(TLSError) {
    guard fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK) == 0, let connection = SSL_new(trust.context)
    else { throw TLSError(.disagreement, "OpenSSL cannot use the socket") }
    do throws(TLSError) {
      try Self.expect(host, connection)
      guard SSL_set_fd(connection, socket) == 1 else {
        throw TLSError(.disagreement, "OpenSSL cannot use the socket")
      }
      try Self.shakeHands(connection, socket, until: .now + patience.nanoseconds)
    } catch {
      SSL_free(connection)
      throw error
    }
    self.connection = connection
    self.socket = socket
  }

  // Without a word of good-bye: the socket may be closed, and its number another's, by now.
  deinit { SSL_free(connection) }

  /// Reads what comes next, waiting for it; never none.
  package mutating func read(into buffer: inout [UInt8], within patience: Duration) throws(TLSError) -> Int {
    let deadline = MonotonicInstant.now + patience.nanoseconds
    while true {
      if let count = try readAvailable(into: &buffer) { return count }
      try waitFor(SSL_want(connection) == SSL_WRITING ? POLLOUT : POLLIN, until: deadline)
    }
  }

  /// Reads what has arrived, up to the buffer's size; nil where that is nothing.
  ///
  /// A socket that can be read may hold nothing but messages of TLS itself.
  package mutating func readAvailable(into buffer: inout [UInt8]) throws(TLSError) -> Int? {
    ERR_clear_error()
    errno = 0
    let count = buffer.withUnsafeMutableBytes { SSL_read(connection, $0.baseAddress, Int32(clamping: $0.count)) }
    if count > 0 { return Int(count) }
    guard try Self.mustWait(connection, count) != nil else {
      throw TLSError(.closed, "the server closed the connection")
    }
    return nil
  }

  /// Whether bytes that have arrived wait in memory, where no poll of the socket sees them.
  package var hasPending: Bool { SSL_has_pending(connection) == 1 }

  /// Writes all bytes; each wait for room takes so long at most.
  package mutating func writeAll(_ bytes: [UInt8], within patience: Duration) throws(TLSError) {
    var offset = 0
    while offset < bytes.count {
      ERR_clear_error()
      errno = 0
      let count = bytes.withUnsafeBytes { all in
        let rest = all[offset...]
        return SSL_write(connection, UnsafeRawBufferPointer(rebasing: rest).baseAddress, Int32(clamping: rest.count))
      }
      if count > 0 {
        offset += Int(count)
      } else if let event = try Self.mustWait(connection, count) {
        try waitFor(event, until: .now + patience.nanoseconds)
      } else {
        throw TLSError(.closed, "the server closed the connection")
      }
    }
  }

  private func waitFor(_ event: Int32, until deadline: MonotonicInstant) throws(TLSError) {
    guard Self.isReady(socket, event, until: deadline) else { throw TLSError(.timeout, "no answer in time") }
  }
}

extension TLSStream {
  /// Names the host to the server, and asks OpenSSL to look for it in the certificate.
  private static func expect(_ host: String, _ connection: OpaquePointer) throws(TLSError) {
    // An address is no name (RFC 6066, section 3), and certificates list them apart.
    if X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host) == 1 { return }
    SSL_set_hostflags(connection, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
    guard SSL_set1_host(connection, host) == 1, rce_ssl_set_server_name(connection, host) == 1 else {
      throw TLSError(.untrusted, "\(host) cannot be looked for in a certificate")
    }
  }

  private static func shakeHands(
    _ connection: OpaquePointer, _ socket: Int32, until deadline: MonotonicInstant
  ) throws(TLSError) {
    while true {
      ERR_clear_error()
      errno = 0
      let result = SSL_connect(connection)
      if result == 1 { return }
      let verdict = SSL_get_verify_result(connection)
      if verdict != Int(X509_V_OK) {
        let reason = String(cString: X509_verify_cert_error_string(verdict))
        throw TLSError(.untrusted, "the server's certificate is refused: \(reason)")
      }
      guard let event = try mustWait(connection, result) else {
        throw TLSError(.closed, "the server closed the connection during the TLS handshake")
      }
      guard isReady(socket, event, until: deadline) else {
        throw TLSError(.timeout, "no TLS handshake in time; perhaps the server speaks no TLS there")
      }
    }
  }

  /// What to wait for after a call that did nothing; nil where the peer has ended the connection.
  private static func mustWait(_ connection: OpaquePointer, _ result: Int32) throws(TLSError) -> Int32? {
    // Before anything else that could change it.
    let number = errno
    switch SSL_get_error(connection, result) {
    case SSL_ERROR_WANT_READ: return POLLIN
    case SSL_ERROR_WANT_WRITE: return POLLOUT
    case SSL_ERROR_ZERO_RETURN: return nil
    case SSL_ERROR_SYSCALL where number == 0 || number == ECONNRESET || number == EPIPE: return nil
    case SSL_ERROR_SYSCALL: throw TLSError(.closed, String(cString: strerror(number)))
    default: break
    }
    // A peer that hangs up without the good-bye of TLS.
    if ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING { return nil }
    throw TLSError(.disagreement, "TLS failed: \(OpenSSLErrors.take())")
  }

  private static func isReady(_ socket: Int32, _ event: Int32, until deadline: MonotonicInstant) -> Bool {
    var entry = pollfd(fd: socket, events: Int16(event), revents: 0)
    while true {
      let left = max(0, (deadline - .now + 999_999) / 1_000_000)
      let count = poll(&entry, 1, Int32(clamping: left))
      if count > 0 { return true }
      if count == 0 || errno != EINTR { return false }
    }
  }
}

extension Duration {
  fileprivate var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
