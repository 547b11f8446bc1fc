import ExecutionAPI
import Testing

@Suite("A page of another origin")
struct CrossOriginTests {
  private static let console = "https://console.example.org"

  private func ask(_ method: String, _ origin: String?) -> Ask {
    var ask = Ask(method: method, target: "/languages")
    if let origin { ask.headers.append(("Origin", origin)) }
    if method == "OPTIONS" { ask.headers.append(("Access-Control-Request-Method", "GET")) }
    return ask
  }

  private func crossOriginHeaders(_ answer: Answer) -> [String: String] {
    answer.headers.filter { $0.key.hasPrefix("access-control-") || $0.key == "vary" }
  }

  @Test("may not read anything unless configured", arguments: ["GET", "OPTIONS"])
  func off(method: String) throws {
    let answer = try TestPlatform().send(ask(method, Self.console))
    #expect(answer.status == (method == "GET" ? 200 : 204))
    #expect(crossOriginHeaders(answer).isEmpty)
  }

  @Test("may read answers and send submissions if it is on the list")
  func listed() throws {
    let platform = try TestPlatform { api, _ in api.allowedOrigins = ["http://other.example", Self.console] }
    let get = try platform.send(ask("GET", Self.console))
    #expect(
      crossOriginHeaders(get) == [
        "access-control-allow-origin": Self.console, "vary": "Origin",
        "access-control-expose-headers": "Location, Retry-After, Job-Wait-Max-Seconds, Idempotency-Replayed",
      ])
    let preflight = try platform.send(
      Ask(
        method: "OPTIONS", target: "/execute",
        headers: [("Origin", Self.console), ("Access-Control-Request-Method", "POST")]))
    #expect(preflight.status == 204)
    #expect(preflight.headers["allow"] == "POST, OPTIONS")
    #expect(preflight.headers["access-control-allow-origin"] == Self.console)
    #expect(preflight.headers["access-control-allow-methods"] == "POST, OPTIONS")
    #expect(preflight.headers["access-control-allow-headers"] == "Content-Type, Idempotency-Key")
    // Errors and waits are read by pages too.
    let headers = [(name: "Origin", value: Self.console)]
    let unknown = try platform.send(Ask(target: "/nothing", headers: headers))
    #expect(unknown.headers["access-control-allow-origin"] == Self.console)
    let waited = try platform.send(Ask(target: "/job-status/\(try platform.submit())?wait=0.01", headers: headers))
    #expect(waited.headers["access-control-allow-origin"] == Self.console)
  }

  @Test("that is not on the list, or says no origin, gets only Vary", arguments: [nil, "https://evil.example", "null"])
  func unlisted(origin: String?) throws {
    let platform = try TestPlatform { api, _ in api.allowedOrigins = [Self.console] }
    #expect(crossOriginHeaders(try platform.send(ask("GET", origin))) == ["vary": "Origin"])
    #expect(crossOriginHeaders(try platform.send(ask("OPTIONS", origin))) == ["vary": "Origin"])
  }

  @Test("of any origin may read where the list says so")
  func any() throws {
    let platform = try TestPlatform { api, _ in api.allowedOrigins = ["*"] }
    let answer = try platform.send(ask("GET", "https://anyone.example"))
    #expect(answer.headers["access-control-allow-origin"] == "*")
    #expect(answer.headers["vary"] == nil)
  }
}
