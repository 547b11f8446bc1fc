import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import MicroHTTP

/// A deployment on AWS as `rce-bench` sees one, in one server: the API, CloudWatch Logs and Lambda's account settings.
///
/// Every job is done at once by an invocation of its own, whose REPORT line bills more than the result declared.
final class DeploymentServer: Sendable {
  private struct State: Sendable {
    var reports: [(at: Int64, message: String)] = []
    var queries = 0
    var rows: [String: [[String: String]]] = [:]
    /// Queries before this one miss the last line.
    var completeFrom = 3
  }

  private let state = Lock(State())
  private let server: HTTPServer
  let concurrency: Int
  var url: String { "http://127.0.0.1:\(server.port)" }

  /// Variables that send the calls of AWS here.
  var environment: [String] {
    [
      "AWS_ENDPOINT_URL=\(url)", "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=not-a-real-secret",
      "AWS_EC2_METADATA_DISABLED=true",
    ]
  }

  init(concurrency: Int = 1_000) throws {
    self.concurrency = concurrency
    let state = state
    server = try HTTPServer { request, exchange in
      let body: String
      switch (request.method, request.path, request.header("x-amz-target") ?? "") {
      case ("POST", "/execute", _): body = #"{"jobId":"\#(JobID())","status":"queued","message":"queued"}"#
      case (_, "/health", _): body = #"{"version":"1","nowMicroseconds":\#(WallClock.microseconds)}"#
      case ("GET", "/2016-08-19/account-settings/", _):
        body = #"{"AccountLimit":{"ConcurrentExecutions":\#(concurrency),"UnreservedConcurrentExecutions":10}}"#
      case (_, _, "Logs_20140328.StartQuery"): body = state.withLock { Self.start(request.body, &$0) }
      case (_, _, "Logs_20140328.GetQueryResults"): body = state.withLock { Self.results(request.body, $0) }
      default: body = state.withLock { Self.finish(&$0) }
      }
      exchange.answer(
        HTTPResponse(
          status: request.path == "/execute" ? 202 : 200, contentType: "application/json", body: Array(body.utf8)))
    }
  }

  /// The outputs that lead here.
  func outputs() -> String {
    let texts = [
      "api_url": url, "name": "rce-dev", "region": "us-east-1", "environment": "dev", "profile": "lean",
      "architecture": "arm64", "gateway": "http",
    ].map { #""\#($0)": {"value": "\#($1)"}"# }
    let objects = [
      "memory_mb": #"{"api": 256, "dispatcher": 256, "executor": 1769}"#,
      "function_names": #"{"api": "a", "dispatcher": "d", "executor": "e"}"#,
      "log_groups": #"{"api": "/a", "dispatcher": "/d", "executor": "/e"}"#,
      "limits": #"{"throttle": {"rate": 200, "burst": 400}, "executor_concurrency": null}"#,
    ].map { #""\#($0)": {"value": \#($1)}"# }
    return "{\((texts + objects).joined(separator: ","))}"
  }

  private static func finish(_ state: inout State) -> String {
    let (request, now) = (JobID().description, WallClock.microseconds)
    let initialised = state.reports.isEmpty ? "\tInit Duration: 300.00 ms" : ""
    let billed = state.reports.isEmpty ? 320 : 20
    state.reports.append(
      (
        now / 1_000,
        "REPORT RequestId: \(request)\tDuration: 19.50 ms\tBilled Duration: \(billed) ms\tMemory Size: 1769 MB\t"
          + "Max Memory Used: 80 MB\(initialised)\t\n"
      ))
    let timings =
      [("s0", -400), ("s1", -395), ("s2", -390), ("s3", -90), ("s4", -90), ("s5", -2), ("s6", -1)]
      .map { #""\#($0.0)":\#(now + Int64($0.1) * 1_000)"# } + [
        #""environmentId":"\#(request)""#, #""coldStart":false"#, #""billedMs":15"#, #""memoryMB":1769"#,
        #""attempt":1"#,
      ]
    return
      #"{"status":"completed","result":"hello","timestamp":\#(now / 1_000),"timings":{\#(timings.joined(separator: ","))}}"#
  }

  private struct Query: Decodable {
    var queryString: String
    var logGroupNames: [String]
  }

  private static func start(_ body: [UInt8], _ state: inout State) -> String {
    let query = try? JSONDecoder().decode(Query.self, from: Data(body))
    state.queries += 1
    var seen = state.reports
    if state.queries < state.completeFrom { seen = seen.dropLast() }
    let id = "q\(state.queries)"
    if query?.queryString.contains("stats") ?? false {
      state.rows[id] = [["invocations": "\(seen.count)", "billed": "\(seen.count * 20 + 300)", "initialised": "1"]]
    } else {
      state.rows[id] = seen.map { at, message in
        let time = Date(timeIntervalSince1970: Double(at / 1_000)).formatted(.iso8601)
        return [
          "@timestamp": "\(time.replacing("T", with: " ").replacing("Z", with: "")).\(100 + at % 900)",
          "@message": message, "@logStream": "2026/11/27/[1]only",
        ]
      }
    }
    return #"{"queryId":"\#(id)"}"#
  }

  private struct Look: Decodable {
    var queryId: String
  }

  private static func results(_ body: [UInt8], _ state: State) -> String {
    struct Field: Encodable {
      var field, value: String
    }
    let id = (try? JSONDecoder().decode(Look.self, from: Data(body)))?.queryId ?? ""
    let rows = (state.rows[id] ?? []).map { $0.map { Field(field: $0.key, value: $0.value) } }
    let text = (try? JSONEncoder().encode(rows)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    return #"{"status":"Complete","results":\#(text),"statistics":{"bytesScanned":4096}}"#
  }
}
