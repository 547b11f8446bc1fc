import Curl
import Glibc
import HostSystem
import TestServices
import Testing

@Suite("A connection without encryption", .serialized)
struct PlainConnectionTests {
  typealias Step = ScriptedServer.Step

  @Test("carries one request after the other, and as many are made as are needed at once")
  func reuse() throws {
    let server = try ScriptedServer { .answer("\($0.onConnection)") }
    defer { server.stop() }
    var run = try TransferRun(server.port)
    for number in 0..<50 { #expect(try run.get().summary == "200 \(number)") }
    #expect(server.connections == 1)
    for tag in 0..<8 { try run.start(tag: tag) }
    #expect(run.finish().count == 8 && server.connections == 8)
    for tag in 0..<8 { try run.start(tag: tag) }
    #expect(run.finish().count == 8 && server.connections == 8)
  }

  @Test("is not used again where the answer says so, more than the answer came, or nothing is kept", arguments: 0..<4)
  func notReused(way: Int) throws {
    let server = try ScriptedServer { _ in
      switch way {
      case 0: .answer("x", "Connection: close\r\n")
      case 1: Step("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx")
      case 2: Step("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx!")
      default: .answer("x")
      }
    }
    defer { server.stop() }
    var run = try TransferRun(server.port, TransferLimits(keepAlive: way != 3))
    for _ in 0..<3 { #expect(try run.get().summary == "200 x") }
    #expect(server.connections == 3)
  }

  @Test("that was closed while it was idle is not used: the next request is sent once")
  func closedWhileIdle() throws {
    let server = try ScriptedServer { _ in .answer("x") }
    defer { server.stop() }
    var run = try TransferRun(server.port)
    let first = try run.get()
    server.hangUp()
    run.idle(milliseconds: 100)
    let second = try run.get()
    #expect(second.summary == "200 x" && second.requestBytes == first.requestBytes)
    #expect(server.requests.count == 2 && server.connections == 2)
  }

  @Test("that is closed with the request on its way is replaced, and the request sent again", arguments: [nil, "body"])
  func closedInBetween(body: String?) throws {
    let server = try ScriptedServer { $0.number == 1 ? Step(closes: true) : .answer("\($0.number)") }
    defer { server.stop() }
    var run = try TransferRun(server.port)
    let shared = body.map { SharedBody(Array($0.utf8)) }
    let first = try run.get(body: shared)
    let second = try run.get(body: shared)
    #expect(first.summary == "200 0" && second.summary == "200 2")
    #expect(second.requestBytes == 2 * first.requestBytes)
  }

  @Test("that is new and closed without an answer is not replaced")
  func closedWhenNew() throws {
    let server = try ScriptedServer { _ in Step(closes: true) }
    defer { server.stop() }
    var run = try TransferRun(server.port)
    for number in 1...3 {
      #expect(try run.get().summary == "connection closed without an answer")
      #expect(server.requests.count == number)
    }
  }

  @Test("is closed where its transfer is given up, so that no later one gets its answer")
  func cancelled() throws {
    let server = try ScriptedServer { request in
      if request.number == 0 { usleep(200_000) }
      return .answer("\(request.number)")
    }
    defer { server.stop() }
    var run = try TransferRun(server.port)
    try run.start(tag: 1)
    while server.requests.isEmpty { run.turn() }
    run.cancel(tag: 1)
    #expect(try run.get().summary == "200 1" && server.connections == 2)
  }

  @Test("may be cancelled while it is being made")
  func cancelledEarly() throws {
    let server = try ScriptedServer { _ in .answer("x") }
    defer { server.stop() }
    var run = try TransferRun(server.port, TransferLimits(connections: 2))
    for _ in 0..<20 {
      for tag in [1, 2] { try run.start(tag: tag) }
      run.cancel(tag: 1)
      run.cancel(tag: 2)
      #expect(try run.get().summary == "200 x")
    }
  }

  @Test("takes an answer that comes before all of the request is sent", arguments: [false, true])
  func earlyAnswer(closes: Bool) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    let port = try LoopbackPort.bind(listener)
    listen(listener, 8)
    let thread = try NativeThread(named: "early") {
      let connection = accept(listener, nil, nil)
      var byte: UInt8 = 0
      recv(connection, &byte, 1, 0)
      let answer = "HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\n\r\nmuch"
      send(connection, answer, answer.utf8.count, Int32(MSG_NOSIGNAL))
      if closes { shutdown(connection, Int32(SHUT_WR)) }
      usleep(300_000)
      close(connection)
    }
    defer {
      thread.join()
      close(listener)
    }
    var run = try TransferRun(port)
    #expect(try run.get(body: SharedBody([UInt8](repeating: 65, count: 32 << 20))).summary == "413 much")
  }

  @Test("to another origin has room where every one there may be is idle elsewhere")
  func origins() throws {
    let servers = try (0..<3).map { number in try ScriptedServer { _ in .answer("\(number)") } }
    defer { for server in servers { server.stop() } }
    var run = try TransferRun(servers[0].port, TransferLimits(connections: 2))
    for _ in 0..<3 {
      for (number, server) in servers.enumerated() {
        try run.start(port: server.port)
        #expect(run.finish().map(\.summary) == ["200 \(number)"])
      }
    }
  }

  @Test("is given up at the time-out of its transfer, before and within the answer")
  func timeouts() throws {
    let server = try ScriptedServer { request in
      request.head.hasPrefix("GET /begun") ? Step("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx") : Step()
    }
    defer { server.stop() }
    var run = try TransferRun(server.port)
    let start = MonotonicInstant.now
    try run.start("/begun", milliseconds: 200, tag: 0)
    try run.start("/silent", milliseconds: 100, tag: 1)
    try run.start("/silent", milliseconds: 300, tag: 2)
    let reports = run.finish()
    #expect(reports.map(\.tag) == [1, 0, 2])
    #expect(reports.map(\.summary) == ["request timed out", "answer not complete in time", "request timed out"])
    for (report, milliseconds) in zip(reports, [100, 200, 300]) {
      #expect(report.times.done - start >= Int64(milliseconds) * 1_000_000)
    }
  }

  @Test("follows a redirect with the same connection, up to the limit")
  func redirects() throws {
    let server = try ScriptedServer { request in
      request.head.hasPrefix("GET /end")
        ? .answer(String(request.head.split(separator: "\r\n")[0]))
        : Step("HTTP/1.1 307 Elsewhere\r\nLocation: ../end/%20x y\r\nContent-Length: 0\r\n\r\n")
    }
    defer { server.stop() }
    var run = try TransferRun(server.port, TransferLimits(redirects: 1))
    #expect(try run.get("/a/b").summary == "200 GET /end/%20x%20y HTTP/1.1")
    #expect(server.connections == 1)
    // Without following, and with a body, it is an answer.
    var still = try TransferRun(server.port)
    #expect(try still.get("/a/b").summary == "307 ")
    #expect(try run.get("/a/b", body: SharedBody([1])).summary == "307 ")
  }

  @Test("is one of thousands, each with a request under way")
  func many() throws {
    let server = try ScriptedServer { _ in .answer("x") }
    defer { server.stop() }
    var run = try TransferRun(server.port, TransferLimits(connections: 1_000))
    for round in 0..<3 {
      for tag in 0..<3_000 { try run.start("/\(round)", tag: tag) }
      let reports = run.finish()
      #expect(reports.count == 3_000 && reports.allSatisfy { $0.summary == "200 x" })
    }
    #expect(server.connections <= 1_000 && server.requests.count == 9_000)
  }
}
