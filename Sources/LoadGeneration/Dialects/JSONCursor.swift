/// Walks once over a JSON text (RFC 8259) that has nothing unusual in it, without making a tree of it.
///
/// Made for the answers of a platform under load, of which thousands come every second. Whatever it does not expect -
/// a wrong type, a surrogate escape, a number with an exponent, an error - makes the whole reading nil, and the caller
/// then asks a complete decoder.
struct JSONCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  private static let deepest = 64

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Reads a text that is one object, field by field, with nothing behind it.
  mutating func wholeObject(_ field: (_ key: UnsafeRawBufferPointer, _ value: inout Self) -> Bool) -> Bool {
    guard object(field) else { return false }
    skipSpace()
    return position == bytes.count
  }

  /// Reads an object; the body reads or skips each value and says whether it could.
  mutating func object(_ field: (_ key: UnsafeRawBufferPointer, _ value: inout Self) -> Bool) -> Bool {
    guard take(UInt8(ascii: "{")), depth < Self.deepest else { return false }
    depth += 1
    defer { depth -= 1 }
    if take(UInt8(ascii: "}")) { return true }
    repeat {
      guard let key = plainString(), take(UInt8(ascii: ":")), field(UnsafeRawBufferPointer(key), &self) else {
        return false
      }
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}"))
  }

  /// Skips a value of any kind.
  mutating func skip() -> Bool {
    skipSpace()
    guard position < bytes.count else { return false }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object { _, value in value.skip() }
    case UInt8(ascii: "["): return skipArray()
    case UInt8(ascii: "\""): return string() != nil
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return double() != nil
    }
  }

  private mutating func skipArray() -> Bool {
    guard take(UInt8(ascii: "[")), depth < Self.deepest else { return false }
    depth += 1
    defer { depth -= 1 }
    if take(UInt8(ascii: "]")) { return true }
    repeat { guard skip() else { return false } } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]"))
  }

  // MARK: Values

  /// `null`, which is not there; the position stays where it is something else.
  mutating func isNull() -> Bool { word("null") }

  mutating func truth() -> Bool? {
    if word("true") { return true }
    return word("false") ? false : nil
  }

  /// A whole number without fraction and exponent.
  mutating func integer() -> Int64? {
    skipSpace()
    let isNegative = take(UInt8(ascii: "-"))
    let start = position
    var value: Int64 = 0
    while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit <= 9 {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = tens.addingReportingOverflow(Int64(digit))
      guard !overflow, !carried else { return nil }
      value = sum
      position += 1
    }
    let count = position - start
    guard count > 0, count == 1 || bytes[start] != UInt8(ascii: "0"), !isNumberCharacter else { return nil }
    return isNegative ? -value : value
  }

  /// A number with a fraction, without exponent.
  mutating func double() -> Double? {
    let start = position
    if let whole = integer() { return Double(whole) }
    position = start
    skipSpace()
    let first = position
    _ = take(UInt8(ascii: "-"))
    let digits = position
    skipDigits()
    let point = position
    guard point > digits, point == digits + 1 || bytes[digits] != UInt8(ascii: "0"), point < bytes.count,
      bytes[point] == UInt8(ascii: ".")
    else { return nil }
    position += 1
    skipDigits()
    guard position > point + 1, !isNumberCharacter else { return nil }
    return Double(String(decoding: bytes[first..<position], as: UTF8.self))
  }

  private mutating func skipDigits() {
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") <= 9 { position += 1 }
  }

  private var isNumberCharacter: Bool {
    guard position < bytes.count else { return false }
    let byte = bytes[position]
    return byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") || byte &- UInt8(ascii: "0") <= 9
  }

  /// A string; nil also where an escape is for a surrogate.
  mutating func string() -> String? {
    let start = position
    if let plain = plainString() { return String(validating: plain, as: UTF8.self) }
    position = start
    return escapedString()
  }

  /// The bytes of a string without an escape.
  private mutating func plainString() -> UnsafeBufferPointer<UInt8>? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return UnsafeBufferPointer(rebasing: bytes[start..<position - 1]) }
      if byte == UInt8(ascii: "\\") || byte < 0x20 { return nil }
    }
    return nil
  }

  private mutating func escapedString() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return String(validating: text, as: UTF8.self) }
      guard byte >= 0x20 else { return nil }
      if byte != UInt8(ascii: "\\") {
        text.append(byte)
      } else if !appendEscaped(to: &text) {
        return nil
      }
    }
    return nil
  }

  private mutating func appendEscaped(to text: inout [UInt8]) -> Bool {
    guard position < bytes.count else { return false }
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "u"): return appendCodePoint(to: &text)
    default: return false
    }
    return true
  }

  private mutating func appendCodePoint(to text: inout [UInt8]) -> Bool {
    guard position + 4 <= bytes.count else { return false }
    var code: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): code = code << 4 | UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): code = code << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): code = code << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
      default: return false
      }
    }
    position += 4
    guard let scalar = Unicode.Scalar(code) else { return false }
    text += Array(String(Character(scalar)).utf8)
    return true
  }

  // MARK: Bytes

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 32, 9, 10, 13: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func word(_ word: StaticString) -> Bool {
    skipSpace()
    let count = word.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for index in 0..<count where bytes[position + index] != word.utf8Start[index] { return false }
    position += count
    return true
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes are this word.
  func `is`(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index] != word.utf8Start[index] { return false }
    return true
  }
}
