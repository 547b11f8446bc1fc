/// The words and signs of a Java source, without comments, strings and characters.
struct JavaTokens {
  private let text: [UInt8]
  private var position = 0

  init(_ text: String) {
    self.text = Array(text.utf8)
  }

  mutating func next() -> String? {
    while position < text.count {
      if skipIgnored() { continue }
      let start = position
      position += 1
      guard Self.isWordByte(text[start]) else { return String(decoding: text[start..<position], as: UTF8.self) }
      while position < text.count && Self.isWordByte(text[position]) { position += 1 }
      return String(decoding: text[start..<position], as: UTF8.self)
    }
    return nil
  }

  /// The next token, which stays.
  func peek() -> String? {
    var copy = self
    return copy.next()
  }

  /// Takes the next token where it is a name.
  mutating func takeName() -> String? {
    guard let token = peek(), let first = token.utf8.first, Self.isWordByte(first) else { return nil }
    return next()
  }

  /// Takes names with dots between them.
  mutating func takeQualifiedName() -> String {
    var name = ""
    while let part = takeName() {
      name += part
      guard peek() == "." else { break }
      _ = next()
      name += "."
    }
    return name
  }

  /// Skips one space, comment, string or character; false where a token starts.
  private mutating func skipIgnored() -> Bool {
    switch text[position] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): position += 1
    case _ where starts(with: "//"): skip(to: "\n")
    case _ where starts(with: "/*"):
      position += 2
      skip(to: "*/")
    case _ where starts(with: "\"\"\""):
      position += 3
      skip(to: "\"\"\"")
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      position += 1
      skip(to: String(decoding: [text[position - 1]], as: UTF8.self))
    default: return false
    }
    return true
  }

  private func starts(with sign: String) -> Bool {
    text[position...].starts(with: sign.utf8)
  }

  /// Moves behind the next occurrence of a sign that no backslash precedes.
  private mutating func skip(to sign: String) {
    while position < text.count && !starts(with: sign) {
      position += text[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    position = min(position + sign.utf8.count, text.count)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }
}
