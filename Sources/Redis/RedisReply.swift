/// What a Redis server answers (RESP2).
public indirect enum RedisReply: Sendable, Hashable {
  /// No such thing.
  case null
  /// A number.
  case integer(Int64)
  /// A short word such as `OK`.
  case status(String)
  /// Bytes.
  case bytes([UInt8])
  /// The server's refusal of one command.
  case error(String)
  /// Several answers.
  case array([RedisReply])

  /// The bytes of a string or a status.
  public var bytes: [UInt8]? {
    switch self {
    case .bytes(let bytes): bytes
    case .status(let text): Array(text.utf8)
    case .null, .integer, .error, .array: nil
    }
  }

  /// A string or a status as text; nil where the bytes are not UTF-8.
  public var text: String? {
    switch self {
    case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
    case .status(let text): text
    case .null, .integer, .error, .array: nil
    }
  }

  /// A number, or a string that reads as one.
  public var integer: Int64? {
    switch self {
    case .integer(let number): number
    case .bytes, .status: text.flatMap { Int64($0) }
    case .null, .error, .array: nil
    }
  }

  /// The parts of an array; nil for everything else.
  public var array: [RedisReply]? {
    if case .array(let parts) = self { parts } else { nil }
  }

  /// Whether the server said that there is nothing.
  public var isNull: Bool { self == .null }

  /// An array of names and values in turn, as HGETALL and stream entries have it.
  public var fields: [String: RedisReply]? {
    guard let parts = array, parts.count.isMultiple(of: 2) else { return nil }
    var fields: [String: RedisReply] = [:]
    for index in stride(from: 0, to: parts.count, by: 2) {
      guard let name = parts[index].text else { return nil }
      fields[name] = parts[index + 1]
    }
    return fields
  }
}
