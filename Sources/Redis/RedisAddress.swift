/// Where a Redis server listens, and how a client is let in.
public struct RedisAddress: Sendable, Hashable {
  /// The socket that is connected to.
  enum Place: Sendable, Hashable {
    case unix(path: String)
    case tcp(host: String, port: Int)
  }

  /// TLS, and whom it trusts.
  struct Security: Sendable, Hashable {
    /// A file of certificates (PEM) that are trusted in place of the system's.
    var authorities: String?
  }

  let place: Place
  let security: Security?
  let login: RedisLogin?
  let database: Int

  init(_ place: Place, security: Security? = nil, login: RedisLogin? = nil, database: Int = 0) {
    self.place = place
    self.security = security
    self.login = login
    self.database = database
  }

  /// A socket in the file system.
  public static func unix(path: String) -> Self { Self(.unix(path: path)) }

  /// A host name or address, and a port; without TLS or a password.
  public static func tcp(host: String, port: Int) -> Self { Self(.tcp(host: host, port: port)) }

  /// Reads `unix:/run/redis.sock`, `redis://host` (port 6379) or, in full,
  /// `rediss://user:password@host:6379/2?cacert=/path.pem`.
  ///
  /// - `rediss` is TLS: the server's certificate must be valid for the host and lead to an authority of the system's, or
  ///   of the file that `cacert` names.
  /// - A password without a user is the default user's (`redis://:password@host`). In both, characters that a URL has
  ///   other uses for are escaped (`%40` is `@`).
  /// - `/2` chooses a database.
  ///
  /// What is not understood is refused, so that nothing is silently ignored. No error shows a login.
  public init(parsing text: String) throws(RedisError) {
    do throws(RedisAddressFault) {
      self = try RedisAddressText.address(in: text)
    } catch {
      let mayHoldLogin = text.contains("@") || text.contains("://:")
      throw RedisError(
        .address, operation: "read the address", address: mayHoldLogin ? "(not shown)" : text, reason: error.reason)
    }
  }
}

extension RedisAddress: CustomStringConvertible, CustomReflectable {
  /// The address in the form that `init(parsing:)` reads, the login left out.
  public var description: String {
    switch place {
    case .unix(let path): "unix:\(path)"
    case .tcp(let host, let port):
      "\(security == nil ? "redis" : "rediss")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        + (database == 0 ? "" : "/\(database)") + (security?.authorities.map { "?cacert=\($0)" } ?? "")
    }
  }

  /// A dump shows no login either.
  public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
