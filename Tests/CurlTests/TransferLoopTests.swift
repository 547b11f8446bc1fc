import Curl
import HostSystem
import MicroHTTP
import TestServices
import Testing

@Suite("A transfer loop")
struct TransferLoopTests {
  /// Runs requests to their ends, by tag.
  private static func run(
    _ requests: [TransferRequest], _ limits: TransferLimits = .init()
  ) throws -> [Int: TransferReport] {
    var loop = try TransferLoop(limits, wakeSignal: WakeSignal())
    for request in requests { try loop.start(request) }
    var reports: [Int: TransferReport] = [:]
    let deadline = MonotonicInstant.now + 20_000_000_000
    while loop.active > 0, MonotonicInstant.now < deadline {
      loop.perform()
      while let report = loop.nextReport() { reports[report.tag] = report }
      if loop.active > 0 { loop.wait(until: deadline) }
    }
    #expect(loop.active == 0)
    return reports
  }

  private static func echo() throws -> HTTPServer {
    try HTTPServer { request, exchange in
      exchange.answer(
        HTTPResponse(
          status: request.method == "POST" ? 202 : 200,
          headers: [("Retry-After", "7"), ("Job-Wait-Max-Seconds", "5"), ("Other", "x")],
          body: request.method == "POST" ? request.body : Array(request.path.utf8)))
    }
  }

  @Test("sends bodies, reads answers and the headers that it watches, over few connections")
  func exchange() throws {
    let server = try Self.echo()
    defer { server.stop() }
    let headers = SharedHeaders([("Content-Type", "application/json")])
    let body = SharedBody(Array("{\"a\":1}".utf8))
    let requests = (0..<200).map {
      TransferRequest(
        url: "http://127.0.0.1:\(server.port)/\($0)", headers: headers, body: $0 % 2 == 0 ? body : nil,
        timeoutMilliseconds: 10_000, tag: $0)
    }
    let limits = TransferLimits(connections: 4, watchedHeaders: ["retry-after", "job-wait-max-seconds"])
    let reports = try Self.run(requests, limits)
    #expect(reports.count == 200 && server.connections <= 4)
    for (tag, report) in reports {
      let answer = try report.result.get()
      #expect(answer.status == (tag % 2 == 0 ? 202 : 200))
      #expect(String(decoding: answer.body, as: UTF8.self) == (tag % 2 == 0 ? "{\"a\":1}" : "/\(tag)"))
      #expect(answer.headers == ["retry-after": "7", "job-wait-max-seconds": "5"])
      #expect(report.bodyBytes == (tag % 2 == 0 ? 14 : "/\(tag)".utf8.count))
    }
  }

  @Test("tells the instants of a transfer in order, and no connecting where a connection is used again")
  func times() throws {
    let server = try Self.echo()
    defer { server.stop() }
    var loop = try TransferLoop(wakeSignal: WakeSignal())
    let headers = SharedHeaders([])
    let before = MonotonicInstant.now
    for tag in 0..<2 {
      try loop.start(
        TransferRequest(
          url: "http://127.0.0.1:\(server.port)/", headers: headers, timeoutMilliseconds: 5_000, tag: tag))
      loop.perform()
      while loop.active > 0 {
        loop.wait(until: nil)
        loop.perform()
      }
      let report = loop.nextReport()
      let times = try #require(report).times
      let (connected, sent) = (try #require(times.connected), try #require(times.sent))
      let firstByte = try #require(times.firstByte)
      #expect(before <= times.started && times.started <= connected && connected <= sent)
      #expect(sent <= firstByte && firstByte <= times.done)
      // libcurl counts whole microseconds from its own start, a little after ours.
      #expect(times.done <= MonotonicInstant.now)
      if tag == 1 { #expect(connected == times.started) }
    }
  }

  @Test(
    "reports what went wrong in one of a few words",
    arguments: [
      (RawServer.Reply.reset, "connection reset"),
      (.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), "answer cut short"),
      (.write(""), "connection closed without an answer"), (.silence, "request timed out"),
      (.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789"), "answer too large"),
      (.write("hello\r\n\r\n"), "not an HTTP answer"),
    ])
  func failures(reply: RawServer.Reply, label: String) throws {
    let server = try RawServer { _ in reply }
    defer { server.stop() }
    let request = TransferRequest(
      url: "http://127.0.0.1:\(server.port)/", headers: SharedHeaders([]), timeoutMilliseconds: 300, tag: 1)
    let report = try #require(try Self.run([request], TransferLimits(bodyBytes: 8))[1])
    guard case .failure(let error) = report.result else {
      Issue.record("got an answer")
      return
    }
    #expect(error.label == label)
  }

  @Test("tells a port on which nobody listens, and never a password")
  func refused() throws {
    let server = try Self.echo()
    server.stop()
    let request = TransferRequest(
      url: "http://user:secret@127.0.0.1:\(server.port)/", headers: SharedHeaders([]), timeoutMilliseconds: 5_000,
      tag: 1)
    let report = try #require(try Self.run([request])[1])
    guard case .failure(let error) = report.result else {
      Issue.record("got an answer")
      return
    }
    #expect(error.label == "connection refused" && !error.description.contains("secret"))
  }

  @Test("ends its wait at the instant, at a wake signal, and not before")
  func waits() throws {
    let signal = try WakeSignal()
    var loop = try TransferLoop(wakeSignal: signal)
    let due = MonotonicInstant.now + 30_000_000
    while MonotonicInstant.now < due { loop.wait(until: due) }
    #expect(MonotonicInstant.now >= due)
    signal.raise()
    let start = MonotonicInstant.now
    loop.wait(until: start + 900_000_000)
    #expect(MonotonicInstant.now - start < 900_000_000)
  }

  @Test("gives up a transfer that is cancelled, and lets go of those that still run at its end")
  func cancels() throws {
    let server = try RawServer { _ in .silence }
    defer { server.stop() }
    var loop = try TransferLoop(wakeSignal: WakeSignal())
    for tag in [1, 2] {
      try loop.start(
        TransferRequest(
          url: "http://127.0.0.1:\(server.port)/", headers: SharedHeaders([]), timeoutMilliseconds: 5_000, tag: tag))
    }
    loop.perform()
    loop.cancel(tag: 1)
    loop.cancel(tag: 7)
    #expect(loop.active == 1)
    let report = loop.nextReport()
    #expect(report == nil)
  }
}
