import Curl
import Testing

@Suite("An answer")
struct AnswerReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var outcome: String

    init(_ name: String, _ text: String, _ outcome: String) {
      testDescription = name
      self.text = text.replacing("\n", with: "\r\n")
      self.outcome = outcome
    }
  }

  /// Reads an answer in pieces of so many bytes and then closes; tells status, body, headers and what is left over.
  static func read(_ bytes: [UInt8], pieces: Int, _ expectation: AnswerReader.Expectation) -> String {
    var reader = AnswerReader(expectation)
    var rest = bytes[...]
    do {
      while !rest.isEmpty, !reader.isComplete {
        let piece = rest.prefix(pieces)
        let taken = try Self.feed(Array(piece), to: &reader)
        rest = rest.dropFirst(taken)
        if taken < piece.count { break }
      }
      let endedItself = reader.isComplete
      if !endedItself { try reader.close() }
      let headers = reader.head.headers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let fate = endedItself ? reader.leavesConnectionOpen ? "open" : "shut" : "closed"
      let parts = ["\(reader.head.status)", String(decoding: reader.body, as: UTF8.self)] + headers
      return (parts + [fate] + (rest.isEmpty ? [] : ["left \(rest.count)"])).joined(separator: " ")
    } catch {
      return "\(error)"
    }
  }

  private static func feed(_ piece: [UInt8], to reader: inout AnswerReader) throws -> Int {
    try piece.withUnsafeBytes { try reader.read($0) }
  }

  private static let expectation = AnswerReader.Expectation(
    bodyLimit: 16, watched: ["retry-after"], followsRedirects: true)

  static let cases: [Case] = [
    Case("with a length", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", "200 hi open"),
    Case("without a reason", "HTTP/1.1 200\nContent-Length: 0\n\n", "200  open"),
    Case("with a length of white space around", "HTTP/1.1 200 OK\nCONTENT-length: \t 2 \n\nhi", "200 hi open"),
    Case("with the same length twice", "HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 2\n\nhi", "200 hi open"),
    Case("with two lengths", "HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 3\n\nhi", "notHTTP"),
    Case("with a length below nothing", "HTTP/1.1 200 OK\nContent-Length: -2\n\nhi", "notHTTP"),
    Case("with a length of nineteen digits", "HTTP/1.1 200 OK\nContent-Length: 1000000000000000000\n\nhi", "notHTTP"),
    Case("with no length", "HTTP/1.1 200 OK\n\nhi", "200 hi closed"),
    Case("with more than its length", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi!!", "200 hi open left 2"),
    Case("that is cut short", "HTTP/1.1 200 OK\nContent-Length: 3\n\nhi", "cutShort"),
    Case("that is cut in its head", "HTTP/1.1 200 OK\nContent-Le", "cutShort"),
    Case("of more than the limit", "HTTP/1.1 200 OK\nContent-Length: 17\n\n01234567890123456", "tooLarge"),
    Case("without an end", "HTTP/1.1 200 OK\n\n01234567890123456", "tooLarge"),
    Case(
      "in chunks", "HTTP/1.1 200 OK\nTransfer-Encoding: Chunked\n\n2;x=y\nhi\nA \n0123456789\n0\n\n",
      "200 hi0123456789 open"),
    Case(
      "in chunks with trailers", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nhi\n0\nRetry-After: 3\n\n",
      "200 hi open"),
    Case(
      "in chunks and with a length", "HTTP/1.1 200 OK\nContent-Length: 9\nTransfer-Encoding: chunked\n\n2\nhi\n0\n\n",
      "200 hi shut"),
    Case(
      "in chunks over the limit", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nf\n0123456789abcde\n2\nxx\n0\n\n",
      "tooLarge"),
    Case("in chunks that are cut short", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nhi\n", "cutShort"),
    Case("in chunks of no size", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nxyz\n", "notHTTP"),
    Case(
      "in chunks of a size beyond every number", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nffffffffffffffff\n",
      "notHTTP"),
    Case("in chunks longer than they say", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\nhi\n0\n\n", "notHTTP"),
    Case("in a coding that nobody asked for", "HTTP/1.1 200 OK\nTransfer-Encoding: gzip, chunked\n\n", "undecodable"),
    Case(
      "after interim ones",
      "HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nRetry-After: 9\n\nHTTP/1.1 200 OK\nContent-Length: 1\n\nx",
      "200 x open"),
    Case("that switches protocols", "HTTP/1.1 101 Switching Protocols\nUpgrade: x\n\n", "notHTTP"),
    Case("without content", "HTTP/1.1 204 No Content\nContent-Length: 5\n\n", "204  open"),
    Case("that has not changed", "HTTP/1.1 304 Not Modified\nContent-Length: 5\n\n", "304  open"),
    Case("that ends the connection", "HTTP/1.1 200 OK\nConnection: x, Close\nContent-Length: 1\n\nx", "200 x shut"),
    Case("of HTTP/1.0", "HTTP/1.0 200 OK\nContent-Length: 1\n\nx", "200 x shut"),
    Case(
      "of HTTP/1.0 that keeps the connection", "HTTP/1.0 200 OK\nConnection: keep-alive\nContent-Length: 1\n\nx",
      "200 x open"),
    Case(
      "with a watched header", "HTTP/1.1 429 Slow\nretry-AFTER:  7 \nRetry-After-Not: 1\nContent-Length: 0\n\n",
      "429  retry-after=7 open"),
    Case("with lines that are no fields", "HTTP/1.1 200 OK\nwhat\n: x\n folded\nContent-Length: 1\n\nx", "200 x open"),
    Case("with a NUL in its head", "HTTP/1.1 200 OK\nA: \0\nContent-Length: 1\n\nx", "notHTTP"),
    Case(
      "that redirects, with a body of any length",
      "HTTP/1.1 302 Found\nLocation: /y\nContent-Length: 20\n\n01234567890123456789", "302  open"),
    Case("of another version", "HTTP/2 200\nContent-Length: 1\n\nx", "notHTTP"),
    Case("of a version to come", "HTTP/1.2 200 OK\nContent-Length: 1\n\nx", "notHTTP"),
    Case("with a status of four digits", "HTTP/1.1 2000 OK\n\n", "notHTTP"),
    Case("with a status below 100", "HTTP/1.1 099 OK\n\n", "notHTTP"),
    Case("of another protocol", "SSH-2.0-OpenSSH_9.2\n", "notHTTP"),
    Case("that begins with an empty line", "\nHTTP/1.1 200 OK\n\n", "notHTTP"),
  ]

  @Test("is read the same however it is cut into pieces", arguments: cases)
  func reads(_ answer: Case) {
    let bytes = Array(answer.text.utf8)
    for pieces in [bytes.count, 1, 2, 3, 7, 31] {
      #expect(Self.read(bytes, pieces: pieces, Self.expectation) == answer.outcome, "in pieces of \(pieces)")
    }
  }

  @Test("may end its lines with line feeds alone")
  func lineFeeds() {
    let text = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nhi\n0\n\n"
    #expect(Self.read(Array(text.utf8), pieces: 5, Self.expectation) == "200 hi open")
  }

  @Test("to a question for the head has no body")
  func head() {
    let bytes = Array("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".utf8)
    #expect(Self.read(bytes, pieces: 9, .init(bodyLimit: 9, isHead: true)) == "200  open")
  }

  @Test("has a head of bounded size, in one line and in many", arguments: ["x", "x: y\r\n"])
  func endlessHead(piece: String) {
    let text = "HTTP/1.1 200 OK\r\n" + String(repeating: piece, count: 300_000 / piece.utf8.count)
    #expect(Self.read(Array(text.utf8), pieces: 4_096, Self.expectation) == "tooLarge")
  }

  @Test("is refused at its first bytes where they are of something else")
  func early() {
    #expect(Self.read(Array("\u{1}".utf8), pieces: 1, Self.expectation) == "notHTTP")
  }
}
