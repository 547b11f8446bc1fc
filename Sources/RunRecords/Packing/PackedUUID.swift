/// A UUID in lower-case hexadecimal with dashes (RFC 9562), as 16 bytes.
struct PackedUUID {
  static let size = 16

  private let high: UInt64
  private let low: UInt64

  /// The UUID that a text is; nil where it would not come back as the same text.
  init?(_ text: String) {
    var text = text
    guard let halves = text.withUTF8({ Self.parse($0) }) else { return nil }
    (high, low) = halves
  }

  func append(to bytes: inout [UInt8]) {
    for half in [high, low] {
      for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * place))) }
    }
  }

  static func text(_ bytes: UnsafePointer<UInt8>) -> String {
    String(unsafeUninitializedCapacity: 36) { target in
      var place = 0
      for index in 0..<size {
        if index == 4 || index == 6 || index == 8 || index == 10 {
          target[place] = dash
          place += 1
        }
        target[place] = digit(bytes[index] >> 4)
        target[place + 1] = digit(bytes[index] & 15)
        place += 2
      }
      return place
    }
  }

  private static let dash = UInt8(ascii: "-")

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64)? {
    guard text.count == 36 else { return nil }
    var (high, low): (UInt64, UInt64) = (0, 0)
    for (place, byte) in text.enumerated() {
      if place == 8 || place == 13 || place == 18 || place == 23 {
        guard byte == dash else { return nil }
        continue
      }
      guard let value = value(byte) else { return nil }
      high = high << 4 | low >> 60
      low = low << 4 | value
    }
    return (high, low)
  }

  private static func value(_ digit: UInt8) -> UInt64? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
    default: nil
    }
  }
}
