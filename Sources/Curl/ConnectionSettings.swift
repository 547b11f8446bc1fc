import CCurl

/// How connections are made, for every transfer of a client or a loop.
public struct ConnectionSettings: Sendable {
  /// Which HTTP is spoken.
  public enum Version: Sendable {
    /// HTTP/2 where the server chooses it in the TLS handshake (ALPN), otherwise HTTP/1.1.
    case automatic
    /// HTTP/1.1 and nothing else.
    case http1
  }

  /// Which HTTP is spoken.
  public var version: Version
  /// The server must prove that it is whom it is called.
  public var verifiesServer: Bool
  /// A file of certificates (PEM) that are trusted in place of the system's.
  public var caFile: String?
  /// A file with the certificate (PEM) that the client shows.
  public var clientCertificate: String?
  /// A file with its private key (PEM); nil where it is in the certificate's file.
  public var clientKey: String?
  private let resolve: ResolveList?

  /// Settings; `resolve` has addresses to use in place of what names resolve to, each as `host:port:address`.
  public init(
    version: Version = .http1, verifiesServer: Bool = true, caFile: String? = nil, clientCertificate: String? = nil,
    clientKey: String? = nil, resolve: [String] = []
  ) {
    self.version = version
    self.verifiesServer = verifiesServer
    self.caFile = caFile
    self.clientCertificate = clientCertificate
    self.clientKey = clientKey
    self.resolve = resolve.isEmpty ? nil : ResolveList(resolve)
  }

  func apply(to handle: borrowing EasyHandle) throws(CurlError) {
    switch version {
    case .automatic:
      try handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
      // A connection that may carry many streams is worth waiting for, which the end of its handshake decides. Without
      // TLS nothing would decide it before the first answer.
      try handle.set(CURLOPT_PIPEWAIT, 1)
    case .http1: try handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    }
    // A base URL is HTTP, and no answer may lead elsewhere.
    try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
    try handle.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
    if !verifiesServer {
      try handle.set(CURLOPT_SSL_VERIFYPEER, 0)
      try handle.set(CURLOPT_SSL_VERIFYHOST, 0)
    }
    if let caFile { try handle.set(CURLOPT_CAINFO, caFile) }
    if let clientCertificate { try handle.set(CURLOPT_SSLCERT, clientCertificate) }
    if let clientKey { try handle.set(CURLOPT_SSLKEY, clientKey) }
    if let resolve { try handle.set(CURLOPT_RESOLVE, pointer: resolve.pointer) }
  }
}

/// Entries for CURLOPT_RESOLVE, which libcurl reads at the start of every transfer.
private final class ResolveList: @unchecked Sendable {
  // Proof of sendability: the list never changes after `init`, and libcurl only reads it (CURLOPT_RESOLVE(3)).
  let pointer: UnsafeMutablePointer<curl_slist>?

  init(_ entries: [String]) {
    pointer = entries.reduce(UnsafeMutablePointer<curl_slist>?.none) { curl_slist_append($0, $1) }
  }

  deinit { curl_slist_free_all(pointer) }
}
