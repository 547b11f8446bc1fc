/// Bytes to lines; a line that is too long is cut into pieces, so that no writer can make the reader hold more.
package struct LineSplitter: Sendable {
  private var rest: [UInt8] = []
  private let limit: Int

  package init(limit: Int = 8_192) {
    self.limit = limit
  }

  /// The lines that these bytes complete, without their line ends.
  package mutating func append(_ bytes: some Sequence<UInt8>) -> [String] {
    var lines: [String] = []
    for byte in bytes {
      if byte != UInt8(ascii: "\n") { rest.append(byte) }
      if byte == UInt8(ascii: "\n") || rest.count == limit { lines.append(take()) }
    }
    return lines
  }

  /// What is left at the end, where the last line has no end.
  package mutating func finish() -> String? {
    rest.isEmpty ? nil : take()
  }

  private mutating func take() -> String {
    defer { rest.removeAll(keepingCapacity: true) }
    return String(decoding: rest.last == UInt8(ascii: "\r") ? rest.dropLast() : rest[...], as: UTF8.self)
  }
}
