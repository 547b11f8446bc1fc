/// Where a text stops being JSON, and why.
package struct JSONSyntaxError: Error, CustomStringConvertible, Sendable, Hashable {
  /// Bytes before the offending one.
  package let offset: Int
  /// From 1.
  package let line: Int
  /// Bytes from the line's start, from 1.
  package let column: Int
  /// What would have been right there, and what was found.
  package let reason: String

  init(at offset: Int, of bytes: [UInt8], _ reason: String) {
    let before = bytes.prefix(offset)
    let newline = UInt8(ascii: "\n")
    self.offset = offset
    line = 1 + before.count { $0 == newline }
    column = 1 + offset - (before.lastIndex(of: newline).map { $0 + 1 } ?? 0)
    self.reason = reason
  }

  /// The place and the reason in one line.
  package var description: String { "line \(line), column \(column) (byte \(offset)): \(reason)" }
}
