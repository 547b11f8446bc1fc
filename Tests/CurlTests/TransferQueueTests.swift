import Curl
import HostSystem
import MicroHTTP
import TestServices
import Testing

@Suite("Transfers beyond the connections, and bodies beyond a buffer")
struct TransferQueueTests {
  private let headers = SharedHeaders([])

  /// Performs and waits until no transfer is active, and returns the reports by tag.
  private static func finish(_ loop: inout TransferLoop) -> [Int: TransferReport] {
    var reports: [Int: TransferReport] = [:]
    let deadline = MonotonicInstant.now + 30_000_000_000
    while loop.active > 0, MonotonicInstant.now < deadline {
      loop.perform()
      while let report = loop.nextReport() { reports[report.tag] = report }
      if loop.active > 0 { loop.wait(until: deadline) }
    }
    while let report = loop.nextReport() { reports[report.tag] = report }
    return reports
  }

  private func get(_ port: UInt16, milliseconds: Int = 20_000, tag: Int) -> TransferRequest {
    TransferRequest(
      url: "http://127.0.0.1:\(port)/\(tag)", headers: headers, timeoutMilliseconds: milliseconds, tag: tag)
  }

  @Test("large bodies come and go whole, several at once", arguments: [1, 3])
  func largeBodies(connections: Int) throws {
    var configuration = HTTPServer.Configuration()
    configuration.bodyLimit = 4 << 20
    let server = try HTTPServer(configuration) { request, exchange in
      exchange.answer(HTTPResponse(status: 200, body: request.body.reversed()))
    }
    defer { server.stop() }
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let body = SharedBody(bytes)
    var loop = try TransferLoop(TransferLimits(connections: connections), wakeSignal: WakeSignal())
    for tag in 0..<6 {
      try loop.start(
        TransferRequest(
          url: "http://127.0.0.1:\(server.port)/", headers: headers, body: body, timeoutMilliseconds: 20_000,
          tag: tag))
    }
    let reports = Self.finish(&loop)
    #expect(reports.count == 6)
    for report in reports.values {
      let isWhole = try report.result.get().body == bytes.reversed()
      #expect(isWhole)
    }
  }

  @Test("a transfer that waits for a connection follows when one is free, in order, and can be given up")
  func queue() throws {
    let seen = Lock<[String]>([])
    let server = try HTTPServer { request, exchange in
      seen.withLock { $0.append(request.path) }
      exchange.answer(HTTPResponse(status: 200))
    }
    defer { server.stop() }
    var loop = try TransferLoop(TransferLimits(connections: 1), wakeSignal: WakeSignal())
    for tag in 0..<6 { try loop.start(get(server.port, tag: tag)) }
    #expect(loop.active == 6)
    loop.cancel(tag: 3)
    #expect(loop.active == 5)
    // The tag of a transfer that was given up may be used again.
    try loop.start(get(server.port, tag: 3))
    let reports = Self.finish(&loop)
    #expect(reports.count == 6 && seen.withLock { $0 } == ["/0", "/1", "/2", "/4", "/5", "/3"])
    let times = try #require(reports[3]).times
    #expect(times.started < (times.connected ?? times.started))
  }

  @Test("a time-out goes on while a transfer waits for a connection")
  func timeout() throws {
    let server = try RawServer { _ in .silence }
    defer { server.stop() }
    var loop = try TransferLoop(TransferLimits(connections: 1), wakeSignal: WakeSignal())
    try loop.start(get(server.port, milliseconds: 1_000, tag: 0))
    try loop.start(get(server.port, milliseconds: 50, tag: 1))
    let reports = Self.finish(&loop)
    let labels = [0, 1].map { tag -> String? in
      if case .failure(let error)? = reports[tag]?.result { error.label } else { nil }
    }
    #expect(labels == ["request timed out", "no free connection in time"])
    #expect(reports[1]?.times.sent == nil)
  }

  @Test("connects to a name, and again after the server has closed the connection")
  func names() throws {
    let server = try RawServer { _ in .json(200, "{}") }
    defer { server.stop() }
    var loop = try TransferLoop(TransferLimits(connections: 2), wakeSignal: WakeSignal())
    for round in 0..<20 {
      try loop.start(
        TransferRequest(
          url: "http://localhost:\(server.port)/", headers: headers, timeoutMilliseconds: 20_000, tag: round % 2))
      let report = try #require(Self.finish(&loop)[round % 2])
      #expect(try report.result.get().status == 200)
    }
  }
}
