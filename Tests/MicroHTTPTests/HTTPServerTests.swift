import Curl
import Glibc
import HostSystem
import MicroHTTP
import Testing

@Suite("An HTTP server")
struct HTTPServerTests {
  private func url(_ server: HTTPServer, _ path: String) -> String { "http://127.0.0.1:\(server.port)\(path)" }

  @Test("shows its handler method, decoded path, query, headers and the whole body")
  func request() throws {
    let server = try HTTPServer { request, exchange in
      let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
      let text = "\(request.method) \(request.path) \(query) \(request.header("x-probe") ?? "-") \(request.body.count)"
      exchange.answer(HTTPResponse(status: 201, text: text))
    }
    let answer = try HTTPClient().send(
      HTTPClientRequest(
        method: "POST", url: url(server, "/a%20b?x=1%262&flag"), headers: [("X-Probe", "seen")],
        body: Array(repeating: 65, count: 300_000)))
    #expect(answer.status == 201)
    #expect(String(decoding: answer.body, as: UTF8.self) == "POST /a b x=1&2&flag= seen 300000")
  }

  @Test("hands a body over its limit to the handler as empty and marked", arguments: [1_001, 200_000, 10_000_000])
  func limit(count: Int) throws {
    var configuration = HTTPServer.Configuration()
    configuration.bodyLimit = 1_000
    let server = try HTTPServer(configuration) { request, exchange in
      exchange.answer(HTTPResponse(status: request.bodyExceedsLimit && request.body.isEmpty ? 413 : 200))
    }
    let body = [UInt8](repeating: 65, count: count)
    #expect(try HTTPClient().send(.init(method: "POST", url: url(server, "/"), body: body)).status == 413)
  }

  @Test("answers later from another thread, and holds no thread until then")
  func later() throws {
    let parked = Lock<[HTTPExchange]>([])
    var configuration = HTTPServer.Configuration()
    configuration.threads = 2
    let server = try HTTPServer(configuration) { request, exchange in
      guard request.path == "/wait" else { return exchange.answer(HTTPResponse(status: 200)) }
      parked.withLock { $0.append(exchange) }
      parked.notifyAll()
    }
    let answers = Lock<[Int]>([])
    let target = url(server, "/wait")
    var clients: [NativeThread] = []
    for _ in 0..<20 {
      clients.append(
        try NativeThread(named: "client") {
          let status = (try? HTTPClient().send(.init(url: target)))?.status ?? -1
          answers.withLock { $0.append(status) }
        })
    }
    let all = parked.wait(until: .now + 10_000_000_000) { $0.count == 20 ? $0 : nil }
    #expect(try HTTPClient().send(.init(url: url(server, "/now"))).status == 200)
    for exchange in try #require(all) {
      exchange.answer(HTTPResponse(status: 204))
      exchange.answer(HTTPResponse(status: 500))
    }
    for client in clients { client.join() }
    #expect(answers.withLock { $0 } == Array(repeating: 204, count: 20))
  }

  @Test("answers what waits with 503 when it stops")
  func stop() throws {
    let parked = Lock(0)
    let server = try HTTPServer { _, _ in
      parked.withLock { $0 += 1 }
      parked.notifyAll()
    }
    let status = Lock(0)
    let target = url(server, "/")
    let client = try NativeThread(named: "client") {
      let answer = (try? HTTPClient().send(.init(url: target)))?.status ?? -1
      status.withLock { $0 = answer }
    }
    _ = parked.wait(until: .now + 10_000_000_000) { $0 == 1 ? true : nil }
    server.stop()
    client.join()
    #expect(status.withLock { $0 } == 503)
  }

  @Test("refuses new connections once it stops accepting, and serves those that are open once more")
  func stopAccepting() throws {
    let server = try HTTPServer { _, exchange in exchange.answer(HTTPResponse(status: 200)) }
    let target = url(server, "/")
    let client = try HTTPClient()
    #expect(try client.send(.init(url: target)).header("connection") == nil)
    server.stopAccepting()
    #expect(throws: CurlError.self) { try HTTPClient().send(.init(url: target)) }
    #expect(try client.send(.init(url: target)).header("connection")?.lowercased() == "close")
    #expect(throws: CurlError.self) { try client.send(.init(url: target)) }
  }

  @Test("lets a request that is being handled reach its client when it stops")
  func running() throws {
    let isReleased = Lock(false)
    let entered = Lock(false)
    let server = try HTTPServer { _, exchange in
      entered.withLock { $0 = true }
      entered.notifyAll()
      _ = isReleased.wait(until: .now + 10_000_000_000) { $0 ? true : nil }
      exchange.answer(HTTPResponse(status: 200, text: "late"))
    }
    let target = url(server, "/")
    let text = Lock("")
    let client = try NativeThread(named: "client") {
      let answer = (try? HTTPClient().send(.init(url: target)))?.body ?? []
      text.withLock { $0 = String(decoding: answer, as: UTF8.self) }
    }
    _ = entered.wait(until: .now + 10_000_000_000) { $0 ? true : nil }
    let stopper = try NativeThread(named: "stopper") { server.stop() }
    isReleased.withLock { $0 = true }
    isReleased.notifyAll()
    stopper.join()
    client.join()
    #expect(text.withLock { $0 } == "late")
  }

  @Test("says which port is in use and what to do")
  func portInUse() throws {
    let server = try HTTPServer { _, exchange in exchange.answer(HTTPResponse(status: 200)) }
    var configuration = HTTPServer.Configuration()
    configuration.port = server.port
    let error = #expect(throws: HTTPServerError.self) {
      try HTTPServer(configuration) { _, exchange in exchange.answer(HTTPResponse(status: 200)) }
    }
    #expect(error?.addressInUse == true)
    #expect(error?.description.contains("127.0.0.1:\(server.port): another program listens there") == true)
  }

  @Test("serves 350 keep-alive connections without a stall")
  func manyConnections() throws {
    let server = try HTTPServer { _, exchange in exchange.answer(HTTPResponse(status: 200, text: "ok")) }
    let target = url(server, "/")
    let clients = try (0..<350).map { _ in try HTTPClient() }
    var statuses: [Int: Int] = [:]
    for _ in 0..<3 {
      for client in clients { statuses[try client.send(.init(url: target)).status, default: 0] += 1 }
    }
    #expect(statuses == [200: 1_050])
    #expect(server.connections == 350)
  }

  @Test("refuses an address that is a name")
  func badAddress() {
    var configuration = HTTPServer.Configuration()
    configuration.address = "localhost"
    #expect(throws: HTTPServerError.self) { try HTTPServer(configuration) { _, _ in } }
  }

  @Test("may be let go of while it serves, even by its own handler as the last owner", .timeLimit(.minutes(15)))
  func letGo() throws {
    for _ in 0..<20 {
      let owner = Lock<HTTPServer?>(nil)
      let ended = Lock(false)
      let target = try startOwned(by: owner, ended)
      let client = try NativeThread(named: "client") { _ = try? HTTPClient().send(.init(url: target)) }
      #expect(ended.wait(until: .now + 10_000_000_000) { $0 ? true : nil } == true)
      client.join()
    }
  }

  /// A server that only `owner` holds, and whose handler's own thread lets go of it.
  private func startOwned(by owner: Lock<HTTPServer?>, _ ended: Lock<Bool>) throws -> String {
    let server = try HTTPServer { _, exchange in
      _ = owner.withLock { $0.take() }
      exchange.answer(HTTPResponse(status: 200))
      ended.withLock { $0 = true }
      ended.notifyAll()
    }
    owner.withLock { $0 = server }
    return url(server, "/")
  }
}
