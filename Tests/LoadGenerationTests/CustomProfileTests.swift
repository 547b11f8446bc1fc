import FoundationEssentials
import HostSystem
import Jobs
import LoadGeneration
import MicroHTTP
import RunRecords
import Scenarios
import Testing

@Suite("A run against a platform that the scenario describes", .serialized)
struct CustomProfileTests {
  /// A scenario with a description that differs from every built-in profile in all that it can.
  private static func scenario(_ url: String, _ custom: String) throws -> Scenario {
    let lines = custom.split(separator: "\n").map { "    \($0)\n" }.joined()
    return try Scenario(
      ScenarioDocument(
        text: """
          version: 1
          name: custom
          target:
            base_url: \(url)
            profile: custom
            custom:
          \(lines)
          mix:
            - { name: a, language: cpp, code: "say \\"hi\\" \\\\ \\n\\tüben", stdin: { text: "4 2" }, args: ["x y", "z"], limits: { memory: 64MiB }, expect: { stdout: "héllo" } }
          arrivals: { process: closed, phases: [{ name: steady, concurrency: 1, jobs: 1 }] }
          polling: { policy: long_poll, wait: 1s }
          """, name: "custom.yaml"))
  }

  @Test("fills its templates, reads its paths and maps its words and instants")
  func asynchronous() throws {
    let seen = Lock<[String: String]>([:])
    let server = try HTTPServer { request, exchange in
      seen.withLock { $0["\(request.method) \(request.path)"] = String(decoding: request.body, as: UTF8.self) }
      switch (request.method, request.path) {
      case ("GET", "/up"): exchange.answer(HTTPResponse(status: 204, text: ""))
      case ("PUT", "/v1/c++17/runs"):
        seen.withLock { $0["kind"] = request.header("x-kind") ?? "" }
        exchange.answer(HTTPResponse(status: 201, text: #"{"data":{"runs":[{"the id":17}]}}"#))
      default:
        let isHeld = request.parameter("hold") == "1"
        let body =
          isHeld
          ? #"{"data":[{"phase":"OK","out":"aMOpbGxvCg==","exit":"0","queued":1764236000125,"begun":1764236000.25,"ended":"2025-11-27T09:33:20.375Z"}]}"#
          : #"{"data":[{"phase":"WAIT"}]}"#
        exchange.answer(HTTPResponse(status: 200, text: body))
      }
    }
    defer { server.stop() }
    let url = "http://127.0.0.1:\(server.port)"
    let scenario = try Self.scenario(
      url,
      """
      languages: { cpp: c++17 }
      health: /up
      submit:
        method: PUT
        path: /v1/{{language}}/runs
        headers: { X-Kind: load }
        body: |
          {"src": "{{code}}", "b64": "{{code_base64}}", "lang": "{{language}}", "in": "{{stdin}}", "argv": {{args}}, "mb": {{memory_mb}}, "ms": {{wall_time_ms}}, "file": "{{file_name}}"}
      id: $.data.runs[-1]['the id']
      poll: { path: "/v1/runs/{{id}}?hold={{wait}}" }
      state: $.data[0].phase
      states: { WAIT: queued, OK: completed, TLE: timeout }
      stdout: { path: "$.data[0].out", base64: true }
      exit_code: $.data[0].exit
      instants:
        s1: { path: "$.data[0].queued", unit: ms }
        s2: { path: "$.data[0].begun", unit: s }
        s6: { path: "$.data[0].ended", unit: iso8601 }
      """)
    let run = try TestRun(Plan(scenario), url, target: scenario.target)
    let record = try #require(run.records.first)
    #expect(record.outcome == .succeeded && record.jobId == "17", "\(record)")
    #expect(record.timings?.s1 == 1_764_236_000_125_000 && record.timings?.s2 == 1_764_236_000_250_000)
    #expect(record.timings?.s6 == 1_764_236_000_375_000)
    #expect(record.value(of: .queueWait, on: RunClock(startedAt: 0))?.nanoseconds == 125_000_000)
    let requests = seen.withLock { $0 }
    #expect(requests["kind"] == "load" && requests["GET /v1/runs/17"] != nil)
    struct Body: Decodable, Equatable {
      var src, b64, lang, `in`, file: String
      var argv: [String]
      var mb: Int?
      var ms: Int?
    }
    let code = "say \"hi\" \\ \n\tüben"
    let body = try JSONDecoder().decode(Body.self, from: Data((requests["PUT /v1/c++17/runs"] ?? "").utf8))
    #expect(
      body
        == Body(
          src: code, b64: Data(code.utf8).base64EncodedString(), lang: "c++17", in: "4 2", file: "main.cpp",
          argv: ["x y", "z"], mb: 64, ms: nil))
  }

  @Test("takes the answer to a submission for the result where there is no poll")
  func synchronous() throws {
    let server = try HTTPServer { request, exchange in
      let text = String(decoding: request.body, as: UTF8.self)
      let isRight = text == "code=say%20%22hi%22%20%5C%20%0A%09%C3%BCben&in=4%202&argv=x%20y%20z&mb=64"
      exchange.answer(
        HTTPResponse(status: 200, text: isRight ? #"{"ok":true,"out":"héllo"}"# : #"{"ok":false,"why":"\#(text)"}"#))
    }
    defer { server.stop() }
    let url = "http://127.0.0.1:\(server.port)"
    let scenario = try Self.scenario(
      url,
      """
      submit:
        path: /run
        headers: { Content-Type: application/x-www-form-urlencoded }
        body: code={{code}}&in={{stdin}}&argv={{args}}&mb={{memory_mb}}
      state: $.ok
      states: { "true": completed, "false": runtime_error }
      result: $.out
      error: $.why
      """)
    let run = try TestRun(Plan(scenario), url, target: scenario.target)
    #expect(run[.succeeded] == 1, "\(run.records)")
  }

  @Test(
    "reads ISO 8601 to the microsecond, and nothing else",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00.5Z", 951_825_600_500_000),
      ("2026-11-27T09:30:00.125678Z", 1_795_771_800_125_678), ("2026-11-27 10:30:00,125+01:00", 1_795_771_800_125_000),
      ("2026-11-27T09:30:00.1234567891", 1_795_771_800_123_456), ("2026-11-27T04:30:00-0500", 1_795_771_800_000_000),
      ("1969-12-31T23:59:59Z", -1_000_000), ("2026-13-01T00:00:00Z", nil), ("2026-11-27", nil),
      ("2026-11-27T09:30:00.Z", nil), ("2026-11-27T09:30:00X", nil), ("", nil), ("2026-11-27T09:30:0aZ", nil),
    ] as [(String, Int64?)])
  func iso8601(text: String, microseconds: Int64?) {
    #expect(ISO8601.microseconds(text) == microseconds)
  }
}
