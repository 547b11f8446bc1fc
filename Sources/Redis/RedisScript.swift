import HostSystem

/// A Lua script that runs on the server, atomically.
public final class RedisScript: Sendable {
  /// What the script does, for errors.
  public let name: String
  /// The Lua text.
  public let source: String
  // What the server called the script; the name is the text's SHA-1, so it is the same on every server.
  private let digest = Lock<String?>(nil)

  /// A script.
  public init(_ name: String, _ source: String) {
    self.name = name
    self.source = source
  }

  var knownDigest: String? {
    get { digest.withLock { $0 } }
    set { digest.withLock { $0 = newValue } }
  }
}

extension RedisConnection {
  /// Runs a script by its digest, loading it first where the server does not know it.
  public mutating func run(
    _ script: RedisScript, keys: [RedisArgument], _ arguments: [RedisArgument] = []
  ) throws(RedisError) -> RedisReply {
    if let digest = script.knownDigest {
      do throws(RedisError) {
        return try evaluate(digest, script, keys, arguments)
      } catch {
        guard error.code == "NOSCRIPT" else { throw error }
      }
    }
    let loaded = try send(["SCRIPT", "LOAD", RedisArgument(script.source)], as: "load script \(script.name)")
    guard let digest = loaded.text else {
      throw RedisError(
        .unexpected, operation: "load script \(script.name)", address: "\(address)", reason: "no digest came back")
    }
    script.knownDigest = digest
    return try evaluate(digest, script, keys, arguments)
  }

  private mutating func evaluate(
    _ digest: String, _ script: RedisScript, _ keys: [RedisArgument], _ arguments: [RedisArgument]
  ) throws(RedisError) -> RedisReply {
    try send(["EVALSHA", RedisArgument(digest), RedisArgument(keys.count)] + keys + arguments, as: script.name)
  }
}
