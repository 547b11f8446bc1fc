/// Status line and fields of an answer, as far as they say how to read it or are watched.
package struct AnswerHead {
  /// The status code.
  package private(set) var status = 0
  /// Values of the watched fields, by their names in lower case; of a repeated one the last.
  package private(set) var headers: [String: String] = [:]
  /// Where a redirect leads.
  package private(set) var location: String?
  /// Bytes of the body by Content-Length.
  private(set) var length: Int?
  /// The body comes in chunks (RFC 9112, section 7.1).
  private(set) var isChunked = false
  /// The connection stays open after the body.
  private(set) var keepsAlive = true

  /// The head of no answer yet.
  init() {}

  /// The head that a status line begins; nil where it is none of HTTP/1.0 or HTTP/1.1.
  init?(_ line: HeadLine) {
    let bytes = line.bytes
    guard bytes.count >= 12, bytes.starts(with: "HTTP/1.".utf8), bytes[7] == 0x30 || bytes[7] == 0x31,
      bytes[8] == 0x20, bytes.count == 12 || bytes[12] == 0x20, let status = HeadLine.number(bytes[9..<12]),
      status >= 100
    else { return nil }
    self.status = status
    keepsAlive = bytes[7] == 0x31
  }

  /// Notes a field.
  mutating func read(_ line: HeadLine, watched: [String]) throws(AnswerReader.Fault) {
    guard !line.bytes.contains(0) else { throw .notHTTP }
    if line.isNamed("content-length") {
      try read(length: line.value)
    } else if line.isNamed("transfer-encoding") {
      try read(coding: line.text)
    } else if line.isNamed("connection") {
      for token in line.text.lowercased().split(whereSeparator: { ", \t".contains($0) }) {
        if token == "close" { keepsAlive = false }
        if token == "keep-alive" { keepsAlive = true }
      }
    } else if line.isNamed("location") {
      location = line.text
    }
    for name in watched where line.isNamed(name) { headers[name] = line.text }
  }

  /// A length that is no number, or another one than before, leaves open where the next answer would begin.
  private mutating func read(length value: UnsafeRawBufferPointer) throws(AnswerReader.Fault) {
    guard let number = HeadLine.number(value[...]), length == nil || length == number else { throw .notHTTP }
    length = number
  }

  private mutating func read(coding: String) throws(AnswerReader.Fault) {
    switch coding.lowercased() {
    case "identity": break
    case "chunked" where !isChunked: isChunked = true
    default: throw .undecodable
    }
  }

  /// Notes that the connection carries no answer after this one, whatever the fields say.
  mutating func endsWithConnection() { keepsAlive = false }
}
