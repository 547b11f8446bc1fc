/// One word of a command; any bytes, nothing is escaped.
public struct RedisArgument: Sendable, Hashable {
  /// The bytes as they travel.
  public let bytes: [UInt8]

  /// Raw bytes.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Text as UTF-8.
  public init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// A number in decimal digits.
  public init(_ number: some BinaryInteger) {
    self.init(String(number))
  }
}

extension RedisArgument: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
  /// Text as UTF-8.
  public init(stringLiteral text: String) {
    self.init(text)
  }

  /// A number in decimal digits.
  public init(integerLiteral number: Int) {
    self.init(number)
  }
}
