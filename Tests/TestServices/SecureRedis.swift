public import Redis

/// A real redis-server behind TLS, with certificates of its own.
public final class SecureRedis: Sendable {
  /// Its authority is `ca.pem`, its own are `redis.pem` and `redis.key`.
  public let certificates: Certificates
  /// The server; its socket speaks no TLS.
  public let server: RedisServer
  /// The port of TLS.
  public let port: Int

  /// Patience for a machine that is busy with other things.
  public static let patient = RedisTimeouts(connect: .seconds(20), reply: .seconds(20))

  /// Starts a server that shows a certificate.
  ///
  /// - Parameters:
  ///   - subjects: whose the certificate is, in openssl's words.
  ///   - days: how long it is valid; -1 ended yesterday.
  public init(for subjects: String = "DNS:rce.test,IP:127.0.0.1", days: Int = 2, options: [String] = []) throws {
    let certificates = try Certificates()
    try certificates.issue("redis", for: subjects, days: days)
    self.certificates = certificates
    port = try LoopbackPort.free()
    server = try RedisServer(
      options: [
        "--tls-port", "\(port)", "--tls-cert-file", certificates["redis.pem"], "--tls-key-file",
        certificates["redis.key"], "--tls-ca-cert-file", certificates["ca.pem"], "--tls-auth-clients", "no",
      ] + options)
  }

  /// The server's address, with the authority of its certificate.
  ///
  /// - Parameter login: for example `:secret@`.
  public func address(login: String = "", host: String = "127.0.0.1", database: Int = 0) throws -> RedisAddress {
    try RedisAddress(parsing: "rediss://\(login)\(host):\(port)/\(database)?cacert=\(certificates["ca.pem"])")
  }

  /// Connects by TLS.
  public func connect(login: String = "", host: String = "127.0.0.1", database: Int = 0) throws -> RedisConnection {
    try RedisConnection(to: address(login: login, host: host, database: database), timeouts: Self.patient)
  }
}
