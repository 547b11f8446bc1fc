/// How connections are made and kept.
public struct HTTPSettings: Sendable, Hashable {
  /// Connections are used again.
  public var keepAlive: Bool
  /// Time to connect, TLS included.
  public var connectTimeout: Duration
  /// Time for a request and its answer; a long poll gets its waiting time on top.
  public var requestTimeout: Duration
  /// Connections open at once.
  public var maximumConnections: Int
  /// Which HTTP is spoken.
  public var version: HTTPVersion
  /// Redirects that a status read follows, to the same origin only.
  public var maximumRedirects: Int
  /// Bytes of an answer's body that are read; a longer one counts as unreadable.
  public var maximumBodyBytes: Int
  /// How TLS is done.
  public var tls: TLSSettings
  /// Addresses to use in place of what names resolve to, each as `host:port:address`.
  public var resolve: [String]

  /// Settings with their defaults.
  public init(
    keepAlive: Bool = true, connectTimeout: Duration = .seconds(2), requestTimeout: Duration = .seconds(10),
    maximumConnections: Int = 512, version: HTTPVersion = .automatic, maximumRedirects: Int = 5,
    maximumBodyBytes: Int = 16 << 20, tls: TLSSettings = .init(), resolve: [String] = []
  ) {
    self.keepAlive = keepAlive
    self.connectTimeout = connectTimeout
    self.requestTimeout = requestTimeout
    self.maximumConnections = maximumConnections
    self.version = version
    self.maximumRedirects = maximumRedirects
    self.maximumBodyBytes = maximumBodyBytes
    self.tls = tls
    self.resolve = resolve
  }
}

extension HTTPSettings {
  /// The address that a host's name is given in `resolve`, otherwise the name.
  package func address(of host: String) -> String {
    let parts = resolve.map { $0.split(separator: ":", maxSplits: 2).map(String.init) }
    guard let entry = parts.first(where: { $0.first?.lowercased() == host.lowercased() && $0.count == 3 }) else {
      return host
    }
    return entry[2].filter { $0 != "[" && $0 != "]" }
  }

  /// Whether a text is `host:port:address`, the address in numbers.
  public static func isResolveEntry(_ text: String) -> Bool {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, let port = Int(parts[1]) else { return false }
    return (1...65_535).contains(port) && NumericAddress.isValid(parts[2])
  }
}

/// A version of HTTP.
public enum HTTPVersion: String, Sendable, Hashable, CaseIterable {
  /// HTTP/2 where the server chooses it in the TLS handshake (ALPN), otherwise HTTP/1.1.
  case automatic = "auto"
  /// HTTP/1.1 and nothing else.
  case http1 = "1.1"
  /// HTTP/2 and nothing else, for which the target must be an https URL.
  case http2 = "2"
}

/// How TLS is done; the server's certificate is verified unless a scenario says otherwise.
public struct TLSSettings: Sendable, Hashable {
  /// The server must prove that it is whom it is called.
  public var verifies: Bool
  /// A file of certificates (PEM) that are trusted in place of the system's.
  public var caFile: String?
  /// A file with the certificate (PEM) that the generator shows.
  public var clientCertificate: String?
  /// A file with its private key (PEM); nil where it is in the certificate's file.
  public var clientKey: String?

  /// Settings with their defaults.
  public init(
    verifies: Bool = true, caFile: String? = nil, clientCertificate: String? = nil, clientKey: String? = nil
  ) {
    self.verifies = verifies
    self.caFile = caFile
    self.clientCertificate = clientCertificate
    self.clientKey = clientKey
  }
}
