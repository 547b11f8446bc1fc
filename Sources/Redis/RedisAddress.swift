/// Where a Redis server listens.
public enum RedisAddress: Sendable, Hashable {
  /// A socket in the file system.
  case unix(path: String)
  /// A host name or address, and a port.
  case tcp(host: String, port: Int)

  /// Reads `unix:/run/redis.sock`, `redis://host:6379`, `redis://host` (port 6379) or `redis://[::1]:6379`.
  ///
  /// Credentials and database numbers are not understood and are refused, so that none is silently ignored.
  public init(parsing text: String) throws(RedisError) {
    guard let address = Self.unix(text) ?? Self.tcp(text) else {
      throw RedisError(
        .address, operation: "read the address", address: text.contains("@") ? "(not shown)" : text,
        reason: "it is neither redis://HOST:PORT nor unix:/PATH")
    }
    self = address
  }

  private static func unix(_ text: String) -> Self? {
    guard text.hasPrefix("unix:/") else { return nil }
    let path = text.dropFirst("unix:".count)
    // sockaddr_un holds 107 bytes and the terminating zero.
    return path.utf8.count > 107 ? nil : .unix(path: String(path))
  }

  private static func tcp(_ text: String) -> Self? {
    guard text.hasPrefix("redis://") else { return nil }
    var rest = text.dropFirst("redis://".count)
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    let host: Substring
    if rest.hasPrefix("[") {
      guard let bracket = rest.firstIndex(of: "]") else { return nil }
      host = rest[rest.index(after: rest.startIndex)..<bracket]
      rest = rest[rest.index(after: bracket)...]
    } else {
      host = rest.prefix { $0 != ":" }
      rest = rest[host.endIndex...]
    }
    guard !host.isEmpty, !host.contains(where: { "/@[] ".contains($0) }) else { return nil }
    if rest.isEmpty { return .tcp(host: String(host), port: 6379) }
    guard rest.hasPrefix(":"), let port = Int(rest.dropFirst()), (1...65_535).contains(port) else { return nil }
    return .tcp(host: String(host), port: port)
  }
}

extension RedisAddress: CustomStringConvertible {
  /// The address in the form that `init(parsing:)` reads.
  public var description: String {
    switch self {
    case .unix(let path): "unix:\(path)"
    case .tcp(let host, let port): host.contains(":") ? "redis://[\(host)]:\(port)" : "redis://\(host):\(port)"
    }
  }
}
