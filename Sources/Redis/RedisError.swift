/// Redis did not do what it was asked: what was tried, where, what came back and what to do about it.
///
/// No argument of a command is ever part of it, because arguments are other people's programs.
public struct RedisError: Error, Sendable, Hashable {
  /// What kind of trouble.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The address cannot be read.
    case address
    /// No connection could be made.
    case connect
    /// A connection was made, but no secure one: the certificate is not trusted, or the two sides do not agree.
    case tls
    /// No answer came in time.
    case timeout
    /// The connection ended in mid-talk.
    case closed
    /// What came back is not Redis, or not the shape that was expected.
    case unexpected
    /// Every connection of the pool was in use for as long as a caller may wait.
    case busy
    /// The server answered with an error.
    case refused
  }

  /// What kind of trouble.
  public let kind: Kind
  /// What was tried: a command's or a script's name.
  public let operation: String
  /// Whom it was tried on.
  public let address: String
  /// What came back.
  public let reason: String

  /// Describes a failure.
  public init(_ kind: Kind, operation: String, address: String, reason: String) {
    self.kind = kind
    self.operation = operation
    self.address = address
    self.reason = reason
  }

  /// The server's own word for the error (`LOADING`, `NOSCRIPT`, ...); nil where the server did not answer.
  public var code: String? {
    kind == .refused ? String(reason.prefix { $0 != " " }) : nil
  }

  /// A word from a bounded set, for counters: the kind, or the server's word where it is a well-known one.
  public var label: String {
    guard let code, Self.transientCodes.contains(code) || Self.permanentCodes.contains(code) else {
      return kind.rawValue
    }
    return code
  }

  /// A later try may succeed without anything changed on this side.
  public var isTransient: Bool {
    switch kind {
    case .connect, .timeout, .closed, .busy: true
    case .address, .tls, .unexpected: false
    case .refused: Self.transientCodes.contains(code ?? "") || hasTooManyClients
    }
  }

  private var hasTooManyClients: Bool { reason.hasPrefix("ERR max number of clients") }

  private static let transientCodes: Set<String> = [
    "BUSY", "CLUSTERDOWN", "LOADING", "MASTERDOWN", "MISCONF", "NOREPLICAS", "OOM", "READONLY", "TRYAGAIN",
    "UNBLOCKED",
  ]

  private static let permanentCodes: Set<String> = [
    "ERR", "NOAUTH", "NOGROUP", "NOPERM", "NOSCRIPT", "WRONGPASS", "WRONGTYPE",
  ]
}

extension RedisError: CustomStringConvertible {
  /// What was tried, where, what came back, and what to do.
  public var description: String {
    "Redis at \(address): \(operation): \(reason)\(reason.hasSuffix(".") ? "" : ".") \(advice)"
  }

  /// One sentence that says what to do.
  public var advice: String {
    switch kind {
    case .address: "Write it as redis://127.0.0.1:6379, rediss://USER:PASSWORD@HOST:6379 or unix:/run/redis.sock."
    case .connect: "Start redis-server there or correct the address."
    case .tls:
      "Check the server's certificate and the host name in the address; ?cacert=/PATH names a private authority."
    case .timeout: "Look at the server's load and its slow log; a later try may succeed."
    case .closed: "The server was stopped or restarted, or expects TLS (rediss://); a later try may succeed."
    case .unexpected: "Check that a Redis server, version 7 or later, listens there."
    case .busy: "Allow more connections or send less at once."
    case .refused: hasTooManyClients ? "Raise maxclients or lend fewer connections." : Self.advice(for: code)
    }
  }

  private static func advice(for code: String?) -> String {
    switch code {
    case "LOADING": "The server is reading its data back; try again in a moment."
    case "OOM": "Raise maxmemory or remove old jobs; nothing was stored."
    case "READONLY": "Write to the primary, not to a replica."
    case "MISCONF": "The server cannot write to its disk; free space there."
    case "BUSY": "A script runs too long on the server; wait or use SCRIPT KILL."
    case "NOAUTH": "Put a login into the address: redis://USER:PASSWORD@HOST or redis://:PASSWORD@HOST."
    case "WRONGPASS":
      "Correct user and password in the address; characters such as @ and / are escaped there (%40, %2F)."
    case "NOPERM": "Allow the user in the address to run the command (ACL SETUSER)."
    case "CLUSTERDOWN", "MASTERDOWN", "NOREPLICAS", "TRYAGAIN": "Wait for the cluster to settle, then try again."
    case "WRONGTYPE": "Another program uses the same key; choose another key prefix."
    default: "Check that the server is Redis 7 or later."
    }
  }
}
