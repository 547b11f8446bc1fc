/// A job's name: a random UUID (version 4, RFC 9562) in lower case.
public struct JobID: Sendable, Hashable, CustomStringConvertible {
  /// 36 characters, for example `3d8e6b1c-7c0f-4f0a-9f1e-2b7f5a0c9d11`.
  public let description: String

  /// A new name from the system's random generator.
  public init() {
    var generator = SystemRandomNumberGenerator()
    self.init(high: generator.next(), low: generator.next())
  }

  package init(high: UInt64, low: UInt64) {
    let version = (high & ~0xf000) | 0x4000
    let variant = (low & ~(0xc0 << 56)) | (0x80 << 56)
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for nibble in 0..<32 {
      if [8, 12, 16, 20].contains(nibble) { text.append(UInt8(ascii: "-")) }
      let word = nibble < 16 ? version : variant
      text.append(digits[Int((word >> UInt64(60 - 4 * (nibble % 16))) & 0xf)])
    }
    description = String(decoding: text, as: UTF8.self)
  }

  /// Reads a name, in either case; nil where the text is not a UUID.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return nil }
    for (index, byte) in bytes.enumerated() {
      let isDash = [8, 13, 18, 23].contains(index)
      guard isDash ? byte == UInt8(ascii: "-") : Self.isHexadecimal(byte) else { return nil }
    }
    description = text.lowercased()
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

extension JobID: Codable {
  /// Reads a JSON string; anything but a UUID is an error.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = Self(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a UUID: \(text.prefix(64))"))
    }
    self = id
  }

  /// Writes a JSON string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
