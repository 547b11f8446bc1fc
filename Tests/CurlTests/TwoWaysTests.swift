import Curl
import TestServices
import Testing

/// libcurl as the oracle: what it makes of an answer is what is made of it without libcurl, and so are requests.
@Suite("Over a connection without encryption, messages are those of libcurl")
struct TwoWaysTests {
  typealias Step = ScriptedServer.Step

  private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"

  static let scripts: [Step] = [
    .answer("hi"), .answer("", "Retry-After: 5\r\n"), .answer("0123456789abcdef"), .answer("0123456789abcdefg"),
    Step("HTTP/1.1 2", "00 OK\r\nConte", "nt-Length: 4\r\n", "\r", "\n", "on", "ce"),
    Step("HTTP/1.1 200 OK\r\n\r\nto the end", closes: true),
    Step("HTTP/1.0 200 OK\r\n\r\nold", closes: true),
    Step("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", closes: true),
    Step("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi", closes: true),
    Step(chunked + "\r\n2\r\nhi\r\n4;x\r\n you\r\n0\r\n\r\n"),
    Step(chunked, "\r\n2\r", "\nh", "i\r\n0\r\nX: y\r\n", "\r\n"),
    Step(chunked + "\r\n2\r\nhi\r\n", closes: true), Step(chunked + "\r\n11\r\n0123456789abcdefg\r\n0\r\n\r\n"),
    Step("HTTP/1.1 204 No Content\r\n\r\n"), Step("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n"),
    Step("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"),
    Step(
      "HTTP/1.1 103 Early Hints\r\nRetry-After: 1\r\n\r\n",
      "HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"),
    Step("HTTP/1.1 404 Not Found\r\ncontent-length:1\r\nRETRY-AFTER:\t7\r\n\r\nx"),
    Step("", closes: true), Step("hello\r\n\r\n", closes: true),
    Step("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", closes: true),
    Step("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
    Step("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 99\r\n\r\n" + String(repeating: "x", count: 99)),
    Step("HTTP/1.1 302 Found\r\nContent-Length: 2\r\n\r\nhi"),
    Step("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi and more"),
  ]

  /// What the loop says of three requests in a row that all get the answer.
  private static func readings(_ step: Step, byLibcurl: Bool) throws -> [String] {
    let server = try ScriptedServer { _ in step }
    defer { server.stop() }
    let limits = TransferLimits(bodyBytes: 16, redirects: 2, watchedHeaders: ["retry-after"])
    var run = try TransferRun(server.port, limits, byLibcurl: byLibcurl)
    return try (0..<3).map { _ in try run.get().summary }
  }

  @Test("in what an answer says", arguments: scripts)
  func answers(step: Step) throws {
    let own = try Self.readings(step, byLibcurl: false)
    #expect(try own == Self.readings(step, byLibcurl: true))
    #expect(Set(own).count == 1)
  }

  static let calls: [(method: String?, body: String?, headers: [(String, String)])] = [
    (nil, nil, []), (nil, nil, [("Accept", "application/json"), ("X-A", "b c"), ("X-Empty", "")]), (nil, "", []),
    (nil, "{}", [("Content-Type", "application/json")]), ("PUT", "x", []), ("DELETE", nil, []), ("POST", nil, []),
    (nil, "x", [("Host", "elsewhere.example"), ("User-Agent", "me"), ("Authorization", "Bearer t")]),
    (nil, String(repeating: "y", count: 100_000), [("Content-Type", "text/plain")]),
    (nil, "x", [("Connection", "close")]),
  ]

  /// The lines of the request that the server sees, in no order.
  private static func request(_ number: Int, byLibcurl: Bool) throws -> [String] {
    let server = try ScriptedServer { _ in .answer("") }
    defer { server.stop() }
    let (method, body, headers) = calls[number]
    var run = try TransferRun(server.port, headers: headers, byLibcurl: byLibcurl)
    let report = try run.get("/a/b?c=%20d", method: method, body: body.map { SharedBody(Array($0.utf8)) })
    #expect(try report.result.get().status == 200)
    let head = try #require(server.requests.first)
    // libcurl leaves out what of a large body goes out later.
    if !byLibcurl { #expect(report.requestBytes == head.utf8.count + (body?.utf8.count ?? 0)) }
    // The two servers have different ports.
    return head.replacing(":\(server.port)", with: "").split(separator: "\r\n").map(String.init).sorted()
  }

  @Test("in what a request says", arguments: calls.indices)
  func requests(number: Int) throws {
    #expect(try Self.request(number, byLibcurl: false) == Self.request(number, byLibcurl: true))
  }
}
