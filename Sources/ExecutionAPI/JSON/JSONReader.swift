/// Reads one JSON text as RFC 8259 has it, and says exactly where one is not.
///
/// FoundationEssentials' JSONDecoder takes trailing commas and twice the same name, and does not say where it stopped.
package struct JSONReader: ~Copyable {
  private static let deepest = 64

  private let bytes: [UInt8]
  private var position = 0

  /// Reads a whole text in UTF-8; anything but white space after the value is an error.
  package static func value(of bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    var reader = JSONReader(bytes: bytes)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == bytes.count else { throw reader.expected("the end of the text") }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth <= Self.deepest else { throw error("nested deeper than \(Self.deepest) levels") }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return .object(try members(depth: depth))
    case UInt8(ascii: "["): return .array(try elements(depth: depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte? where byte.isDigit || byte == UInt8(ascii: "-"): return .number(try number())
    default: throw expected("a value")
    }
  }

  private mutating func members(depth: Int) throws(JSONSyntaxError) -> [(name: String, value: JSONValue)] {
    var members: [(name: String, value: JSONValue)] = []
    var names: Set<String> = []
    position += 1
    skipSpace()
    if take("}") { return members }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw expected("a name in quotation marks") }
      let start = position
      let name = try string()
      guard names.insert(name).inserted else { throw error("the name \(quote(name)) comes twice", at: start) }
      skipSpace()
      guard take(":") else { throw expected("':' after the name \(quote(name))") }
      members.append((name, try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw expected("',' or '}'") }
    return members
  }

  private mutating func elements(depth: Int) throws(JSONSyntaxError) -> [JSONValue] {
    var elements: [JSONValue] = []
    position += 1
    skipSpace()
    if take("]") { return elements }
    repeat {
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw expected("',' or ']'") }
    return elements
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
    let start = position
    guard bytes[start...].starts(with: "\(word)".utf8) else { throw expected("a value") }
    position += word.utf8CodeUnitCount
    return value
  }

  /// A minus, whole digits, a fraction and an exponent, of which only the digits must be there.
  private mutating func number() throws(JSONSyntaxError) -> String {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(JSONSyntaxError) {
    let start = position
    while let byte = next, byte.isDigit { position += 1 }
    guard position > start else { throw expected("a digit") }
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    position += 1
    let start = position
    var copied: [UInt8] = []
    var run = start
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        return try text(run == start ? bytes[start..<position] : (copied + bytes[run..<position])[...], from: start)
      case UInt8(ascii: "\\"):
        copied += bytes[run..<position]
        copied += Array(String(try escape()).utf8)
        run = position
      case 0..<0x20:
        throw error("a control character in a string must be written as \\u00\(byte < 16 ? "0" : "")\(hex(byte))")
      default: position += 1
      }
    }
    throw error("the string that starts at byte \(start - 1) has no end")
  }

  private func text(_ part: ArraySlice<UInt8>, from start: Int) throws(JSONSyntaxError) -> String {
    guard let text = String(validating: part, as: UTF8.self) else {
      throw error("the string that starts here is not UTF-8", at: start - 1)
    }
    return text
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = position
    position += 2
    switch start + 1 < bytes.count ? bytes[start + 1] : 0 {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(from: start)
    default: throw error("an unknown escape; those of JSON are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX", at: start)
    }
  }

  /// A scalar beyond the basic plane is written as a pair of surrogates (RFC 8259, section 7).
  private mutating func unicodeEscape(from start: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try hexadecimal(from: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xdc00, take("\\"), take("u") else { throw error("half of a surrogate pair", at: start) }
    let second = try hexadecimal(from: start)
    guard (0xdc00..<0xe000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    else { throw error("half of a surrogate pair", at: start) }
    return scalar
  }

  private mutating func hexadecimal(from start: Int) throws(JSONSyntaxError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    let text = String(decoding: digits, as: UTF8.self)
    // UInt32(_:radix:) takes a sign.
    guard digits.count == 4, digits.first != UInt8(ascii: "+"), let value = UInt32(text, radix: 16) else {
      throw error("\\u must be followed by four hexadecimal digits", at: start)
    }
    position += 4
    return value
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private func expected(_ what: String) -> JSONSyntaxError {
    guard let next else { return error("expected \(what), got the end of the text") }
    let isPrintable = (0x20...0x7e).contains(next)
    let found = isPrintable ? "'\(Unicode.Scalar(next))'" : "byte 0x\(hex(next))"
    return error("expected \(what), got \(found)")
  }

  private func error(_ reason: String, at offset: Int? = nil) -> JSONSyntaxError {
    JSONSyntaxError(at: offset ?? position, of: bytes, reason)
  }
}

private func hex(_ byte: UInt8) -> String { String(byte, radix: 16) }

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
