import COpenSSL
import HostSystem

/// Whom a client trusts; shared by all connections that trust the same, because reading certificates takes long.
package final class TLSTrust: @unchecked Sendable {
  // Proof of sendability: OpenSSL counts and locks contexts itself, and after `init` this one only makes connections.
  let context: OpaquePointer

  private static let known = Lock<[String?: TLSTrust]>([:])

  /// The authorities in a file of certificates (PEM) and no others, or the system's where none is named.
  ///
  /// A file is read once: who replaces it restarts the program.
  package static func of(authoritiesIn file: String?) throws(TLSError) -> TLSTrust {
    if let trust = known.withLock({ $0[file] }) { return trust }
    let trust = try TLSTrust(file)
    known.withLock { $0[file] = trust }
    return trust
  }

  private init(_ file: String?) throws(TLSError) {
    guard let context = SSL_CTX_new(TLS_client_method()) else {
      throw TLSError(.certificates, "OpenSSL cannot make a context: \(OpenSSLErrors.take())")
    }
    self.context = context
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
    rce_ssl_context_allow_moving_buffers(context)
    guard rce_ssl_context_require_tls12(context) == 1 else {
      throw TLSError(.certificates, "OpenSSL knows no TLS 1.2: \(OpenSSLErrors.take())")
    }
    guard let file = file ?? CertificateFiles.unknownToOpenSSL else {
      _ = SSL_CTX_set_default_verify_paths(context)
      return
    }
    try load(file)
  }

  deinit { SSL_CTX_free(context) }

  private func load(_ file: String) throws(TLSError) {
    ERR_clear_error()
    guard SSL_CTX_load_verify_file(context, file) == 1 else {
      throw TLSError(.certificates, "cannot use the certificates in \(file): \(OpenSSLErrors.take())")
    }
  }
}

/// What OpenSSL's functions leave behind when they fail.
enum OpenSSLErrors {
  /// The reason of the last failure on this thread, which is forgotten.
  static func take() -> String {
    let code = ERR_peek_last_error()
    ERR_clear_error()
    return ERR_reason_error_string(code).map { String(cString: $0) } ?? "no reason given"
  }
}
