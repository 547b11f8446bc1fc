/// What is wrong with the text of an address, without a word of the text itself.
struct RedisAddressFault: Error {
  let reason: String

  static let unknown = Self(reason: "it is neither redis://HOST:PORT, rediss://HOST:PORT nor unix:/PATH")
}

/// The parts of an address as it is written.
enum RedisAddressText {
  static func address(in text: String) throws(RedisAddressFault) -> RedisAddress {
    if text.hasPrefix("unix:/") {
      let path = String(text.dropFirst("unix:".count))
      // sockaddr_un holds 107 bytes and the terminating zero.
      guard path.utf8.count <= 107 else { throw RedisAddressFault(reason: "a socket's path has 107 bytes at most") }
      return .unix(path: path)
    }
    guard let isSecure = ["redis://": false, "rediss://": true].first(where: { text.hasPrefix($0.key) })?.value else {
      throw .unknown
    }
    var rest = text.dropFirst(isSecure ? "rediss://".count : "redis://".count)
    let query = rest.firstIndex(of: "?").map { rest[rest.index(after: $0)...] }
    rest = rest.prefix { $0 != "?" }
    let at = rest.lastIndex(of: "@")
    let login = try at.map { mark throws(RedisAddressFault) in try Self.login(in: rest[..<mark]) }
    if let at { rest = rest[rest.index(after: at)...] }
    let authority = rest.prefix { $0 != "/" }
    return RedisAddress(
      try place(in: authority), security: try security(isSecure, query), login: login,
      database: try database(in: rest[authority.endIndex...]))
  }

  private static func place(in text: Substring) throws(RedisAddressFault) -> RedisAddress.Place {
    let host: Substring
    var rest = text
    if text.hasPrefix("[") {
      guard let bracket = text.firstIndex(of: "]") else { throw .unknown }
      host = text[text.index(after: text.startIndex)..<bracket]
      rest = text[text.index(after: bracket)...]
    } else {
      host = text.prefix { $0 != ":" }
      rest = text[host.endIndex...]
    }
    guard !host.isEmpty, !host.contains(where: { "/@[]%# ".contains($0) }) else { throw .unknown }
    if rest.isEmpty { return .tcp(host: String(host), port: 6379) }
    guard rest.hasPrefix(":"), let port = Int(rest.dropFirst()), (1...65_535).contains(port) else {
      throw RedisAddressFault(reason: "a port is a number from 1 to 65535")
    }
    return .tcp(host: String(host), port: port)
  }

  private static func login(in text: Substring) throws(RedisAddressFault) -> RedisLogin {
    guard let colon = text.firstIndex(of: ":") else {
      throw RedisAddressFault(reason: "a login is USER:PASSWORD, or :PASSWORD for the default user")
    }
    guard let user = unescaped(text[..<colon]), let password = unescaped(text[text.index(after: colon)...]) else {
      throw RedisAddressFault(reason: "user or password has a % that begins no escape; write %25 for it")
    }
    guard !password.isEmpty else { throw RedisAddressFault(reason: "the password is empty") }
    return RedisLogin(user: user.isEmpty ? nil : user, password: password)
  }

  private static func database(in path: Substring) throws(RedisAddressFault) -> Int {
    if path.isEmpty || path == "/" { return 0 }
    guard let number = Int(path.dropFirst()), number >= 0, !path.contains("+") else {
      throw RedisAddressFault(reason: "what follows the port is the number of a database, such as /2")
    }
    return number
  }

  private static func security(
    _ isSecure: Bool, _ query: Substring?
  ) throws(RedisAddressFault) -> RedisAddress.Security? {
    guard let query else { return isSecure ? .init() : nil }
    guard isSecure, query.hasPrefix("cacert="), !query.contains("&") else {
      throw RedisAddressFault(reason: "after ? only cacert=/PATH of rediss:// is understood")
    }
    let path = String(query.dropFirst("cacert=".count))
    guard path.hasPrefix("/") else { throw RedisAddressFault(reason: "cacert is an absolute path") }
    return .init(authorities: path)
  }

  /// Text with each `%40` and the like as the byte that it stands for; nil where an escape is none.
  private static func unescaped(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
