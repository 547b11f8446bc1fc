import Glibc

/// Reads an HTTP/1.1 answer from the pieces in which it arrives (RFC 9112, sections 4 to 7): a value without I/O.
///
/// Strict where an answer could be taken for another one (lengths, codings, versions), lenient where nothing depends on
/// it: a bare line feed ends a line, and a line of the head without a colon is passed over.
package struct AnswerReader {
  /// Why bytes cannot be an answer, or not one that is wanted.
  package enum Fault: Error, Hashable {
    /// They are no HTTP/1.0 or HTTP/1.1.
    case notHTTP
    /// The body is over its limit, or the head over 256 KiB.
    case tooLarge
    /// A transfer coding that was never asked for.
    case undecodable
    /// The connection was closed before the end.
    case cutShort
  }

  /// What has to be known of a request to read its answer.
  package struct Expectation {
    /// Bytes of a body; a longer one is a fault.
    package var bodyLimit: Int
    /// Headers that are kept, in lower case.
    package var watched: [String]
    /// Redirects are followed, so that their bodies are of no use.
    package var followsRedirects: Bool
    /// The answer has no body, whatever its head says.
    package var isHead: Bool

    /// What a request expects.
    package init(bodyLimit: Int, watched: [String] = [], followsRedirects: Bool = false, isHead: Bool = false) {
      self.bodyLimit = bodyLimit
      self.watched = watched
      self.followsRedirects = followsRedirects
      self.isHead = isHead
    }
  }

  private enum Stage: Equatable {
    case statusLine, fields, chunkSize, chunkEnd, trailers, untilClose, done
    case body(left: Int)
    case chunk(left: Int)
  }

  /// The head; an interim one (1xx) is forgotten when the next begins.
  package private(set) var head = AnswerHead()
  /// The body as far as it has come.
  package private(set) var body: [UInt8] = []
  /// A byte of the answer has come.
  package private(set) var hasBegun = false
  private var stage = Stage.statusLine
  private var line: [UInt8] = []
  private var headBytes = 0
  private let expectation: Expectation

  private static let headLimit = 256 << 10

  /// A reader of one answer.
  package init(_ expectation: Expectation) {
    self.expectation = expectation
  }

  /// Nothing more belongs to the answer.
  package var isComplete: Bool { stage == .done }

  /// The connection may carry another request after this answer.
  package var leavesConnectionOpen: Bool { isComplete && head.keepsAlive }

  /// The answer sends the transfer elsewhere.
  package var redirects: Bool {
    expectation.followsRedirects && (300..<400).contains(head.status) && head.location != nil
  }

  /// Takes what belongs to the answer; gives the number of those bytes, all of them before the answer's end.
  package mutating func read(_ bytes: UnsafeRawBufferPointer) throws(Fault) -> Int {
    var position = 0
    if !bytes.isEmpty { hasBegun = true }
    while position < bytes.count, stage != .done {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
      switch stage {
      case .body(let left): position += try take(rest, left, then: { $0 == 0 ? .done : .body(left: $0) })
      case .chunk(let left): position += try take(rest, left, then: { $0 == 0 ? .chunkEnd : .chunk(left: $0) })
      case .untilClose: position += try take(rest, .max, then: { _ in .untilClose })
      case .statusLine, .fields, .chunkSize, .chunkEnd, .trailers: position += try readLine(rest)
      case .done: break
      }
    }
    return position
  }

  /// Notes that the connection was closed, which ends an answer without a length and cuts any other short.
  package mutating func close() throws(Fault) {
    if stage == .untilClose { stage = .done }
    if stage != .done { throw .cutShort }
  }

  private mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ left: Int, then next: (Int) -> Stage
  ) throws(Fault) -> Int {
    let count = min(bytes.count, left)
    if !redirects {
      guard body.count + count <= expectation.bodyLimit else { throw .tooLarge }
      body.append(contentsOf: bytes.prefix(count))
    }
    stage = next(left - count)
    return count
  }

  // MARK: Lines

  private mutating func readLine(_ bytes: UnsafeRawBufferPointer) throws(Fault) -> Int {
    guard let start = bytes.baseAddress, let feed = memchr(start, 10, bytes.count) else {
      try keep(bytes)
      return bytes.count
    }
    let count = UnsafeRawPointer(feed) - start + 1
    headBytes += count
    guard headBytes <= Self.headLimit else { throw .tooLarge }
    let piece = UnsafeRawBufferPointer(rebasing: bytes[..<count])
    if line.isEmpty {
      try read(line: HeadLine(piece))
    } else {
      line.append(contentsOf: piece)
      try readKept()
    }
    return count
  }

  private mutating func readKept() throws(Fault) {
    var whole: [UInt8] = []
    swap(&line, &whole)
    // The older closure without typed errors is what withUnsafeBytes of an array takes.
    let fault: Fault? = whole.withUnsafeBytes { bytes in
      do throws(Fault) {
        try read(line: HeadLine(bytes))
        return nil
      } catch {
        return error
      }
    }
    if let fault { throw fault }
  }

  /// The beginning of a line whose end has not come.
  private mutating func keep(_ bytes: UnsafeRawBufferPointer) throws(Fault) {
    line.append(contentsOf: bytes)
    headBytes += bytes.count
    guard headBytes <= Self.headLimit else { throw .tooLarge }
    if stage == .statusLine, !zip(line, "HTTP/1.".utf8).allSatisfy(==) { throw .notHTTP }
  }

  private mutating func read(line: HeadLine) throws(Fault) {
    switch stage {
    case .statusLine:
      guard let head = AnswerHead(line) else { throw .notHTTP }
      self.head = head
      stage = .fields
    case .fields: line.isEmpty ? try endHead() : try head.read(line, watched: expectation.watched)
    case .chunkSize:
      guard let size = line.chunkSize else { throw .notHTTP }
      stage = size == 0 ? .trailers : .chunk(left: size)
      // Chunks are bounded by the body's limit.
      headBytes = 0
    case .chunkEnd:
      guard line.isEmpty else { throw .notHTTP }
      stage = .chunkSize
    case .trailers: if line.isEmpty { stage = .done }
    case .body, .chunk, .untilClose, .done: break
    }
  }

  /// How long the body is (RFC 9112, section 6.3).
  private mutating func endHead() throws(Fault) {
    // 101 would hand the connection over to a protocol that nobody asked for.
    if head.status == 101 { throw .notHTTP }
    // A length beside chunks may be an attempt to smuggle an answer in.
    if head.isChunked && head.length != nil { head.endsWithConnection() }
    if head.status < 200 {
      stage = .statusLine
    } else if expectation.isHead || head.status == 204 || head.status == 304 {
      stage = .done
    } else if head.isChunked {
      stage = .chunkSize
    } else if let length = head.length {
      body.reserveCapacity(redirects ? 0 : min(length, expectation.bodyLimit))
      stage = length == 0 ? .done : .body(left: length)
    } else {
      head.endsWithConnection()
      stage = .untilClose
    }
  }
}
