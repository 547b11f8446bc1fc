/// What holds for every transfer of a loop.
public struct TransferLimits: Sendable {
  /// Connections open at once; further transfers wait for one.
  public var connections: Int
  /// Transfers that run at once; further ones wait, and cost less while they do.
  ///
  /// As many as connections, but for HTTP/2, where a connection carries several.
  public var transfers: Int
  /// Milliseconds to connect, TLS included.
  public var connectMilliseconds: Int
  /// Connections are used again.
  public var keepAlive: Bool
  /// Bytes of an answer's body; a longer one is an error.
  public var bodyBytes: Int
  /// Redirects that a request without a body follows, to its own origin only; one with a body follows none.
  public var redirects: Int
  /// How connections are made.
  public var connection: ConnectionSettings
  /// Headers of answers that are kept, by their names in lower case.
  public var watchedHeaders: [String]
  /// libcurl writes and reads messages over connections without encryption too: to compare the two.
  package var leavesMessagesToLibcurl = false

  /// Whether redirects of a request are followed.
  func follow(_ request: TransferRequest) -> Bool { redirects > 0 && request.body == nil }

  /// Limits with their defaults.
  public init(
    connections: Int = 512, connectMilliseconds: Int = 2_000, keepAlive: Bool = true, bodyBytes: Int = 16 << 20,
    redirects: Int = 0, connection: ConnectionSettings = .init(), watchedHeaders: [String] = [],
    transfers: Int? = nil
  ) {
    self.transfers = max(transfers ?? connections, 1)
    self.connections = connections
    self.connectMilliseconds = connectMilliseconds
    self.keepAlive = keepAlive
    self.bodyBytes = bodyBytes
    self.redirects = redirects
    self.connection = connection
    self.watchedHeaders = watchedHeaders
  }
}
