/// A line of an answer's head, or of its chunks, without its end; it lives as long as the bytes behind it.
struct HeadLine {
  let bytes: UnsafeRawBufferPointer

  /// A line with its end, LF or CRLF.
  init(_ bytes: UnsafeRawBufferPointer) {
    var count = bytes.count
    if count > 0, bytes[count - 1] == 10 { count -= 1 }
    if count > 0, bytes[count - 1] == 13 { count -= 1 }
    self.bytes = UnsafeRawBufferPointer(rebasing: bytes[..<count])
  }

  var isEmpty: Bool { bytes.isEmpty }

  /// The line is a field of this name, which is in lower case.
  func isNamed(_ name: String) -> Bool {
    let name = name.utf8
    guard bytes.count > name.count, bytes[name.count] == UInt8(ascii: ":") else { return false }
    var index = 0
    for letter in name {
      let byte = bytes[index]
      guard byte == letter || byte &- 0x41 < 26 && byte | 0x20 == letter else { return false }
      index += 1
    }
    return true
  }

  /// What follows the colon, without the white space around it; empty where there is no colon.
  var value: UnsafeRawBufferPointer {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return .init(start: nil, count: 0) }
    var (start, end) = (colon + 1, bytes.count)
    while start < end, Self.isSpace(bytes[start]) { start += 1 }
    while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }

  /// The value as a text.
  var text: String { String(decoding: value, as: UTF8.self) }

  /// The size at the start of a chunk, in hexadecimal digits, extensions left out; nil where there is none.
  var chunkSize: Int? {
    var (size, digits) = (0, 0)
    for byte in bytes {
      guard let digit = Self.hexadecimal(byte) else {
        guard byte == UInt8(ascii: ";") || Self.isSpace(byte) else { return nil }
        break
      }
      digits += 1
      // Sixteen digits and more would not fit.
      guard digits < 16 else { return nil }
      size = size << 4 | digit
    }
    return digits > 0 ? size : nil
  }

  /// A number of decimal digits and nothing else, up to eighteen of them.
  static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard (1...18).contains(digits.count), digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 9 }

  private static func hexadecimal(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte - 0x30)
    case 0x41...0x46: Int(byte - 0x41) + 10
    case 0x61...0x66: Int(byte - 0x61) + 10
    default: nil
    }
  }
}
