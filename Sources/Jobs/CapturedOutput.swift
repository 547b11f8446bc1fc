import FoundationEssentials

/// Bytes that a program wrote: text where they are UTF-8, base64 where they are not, so that no byte is lost.
public struct CapturedOutput: Sendable, Hashable {
  /// The bytes exactly as written, up to the cap.
  public var bytes: [UInt8]

  /// Captured bytes.
  public init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  /// The bytes as text, or nil where they are not valid UTF-8.
  public var text: String? { String(validating: bytes, as: UTF8.self) }
}

extension CapturedOutput: Codable {
  private enum Keys: String, CodingKey {
    case base64
  }

  /// Reads a JSON string (text) or `{"base64": "..."}`.
  public init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self.init(Array(text.utf8))
      return
    }
    self.init([UInt8](try decoder.container(keyedBy: Keys.self).decode(Data.self, forKey: .base64)))
  }

  /// Writes a JSON string where the bytes are text, otherwise an object with base64.
  public func encode(to encoder: any Encoder) throws {
    if let text {
      var container = encoder.singleValueContainer()
      try container.encode(text)
    } else {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(Data(bytes), forKey: .base64)
    }
  }
}
