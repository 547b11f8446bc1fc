/// Bytes with their count before them, so that a reader knows how far to read a pipe that goes on.
///
/// The count has four bytes, the highest first.
public enum Frame {
  /// The bytes behind their count.
  public static func bytes(_ content: [UInt8]) -> [UInt8] {
    count(content.count) + content
  }

  /// Fields one after the other, each behind its count, and all of them behind theirs.
  public static func fields(_ fields: [[UInt8]]) -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(fields.reduce(0) { $0 + $1.count + 4 })
    for field in fields { content += bytes(field) }
    return bytes(content)
  }

  /// The fields of a frame's content; nil where it does not consist of whole ones.
  public static func fields(of content: [UInt8]) -> [[UInt8]]? {
    var fields: [[UInt8]] = []
    var rest = content[...]
    while !rest.isEmpty {
      guard let count = count(of: rest), rest.count >= 4 + count else { return nil }
      fields.append(Array(rest.dropFirst(4).prefix(count)))
      rest = rest.dropFirst(4 + count)
    }
    return fields
  }

  /// The content once all of it is there, and nil before.
  static func content(of bytes: [UInt8]) -> [UInt8]? {
    guard let count = count(of: bytes[...]), bytes.count >= 4 + count else { return nil }
    return Array(bytes[4..<4 + count])
  }

  /// A count as its four bytes.
  public static func count(_ count: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
  }

  private static func count(of bytes: ArraySlice<UInt8>) -> Int? {
    bytes.count < 4 ? nil : bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }
}
