import FoundationEssentials
import HostSystem
import MicroHTTP

/// A server that answers as CloudWatch Logs does by its API reference: queries run for a while, give so many rows at
/// most, and see events only some time after they were written.
final class LogsServer: Sendable {
  struct Event: Sendable {
    var group: String
    var stream: String
    /// Milliseconds since 1970.
    var at: Int64
    var message: String
    /// Queries that are started before this one do not see it.
    var visibleFrom = 1
  }

  struct State: Sendable {
    var events: [Event] = []
    var queries: [String: [[String: String]]] = [:]
    var looks: [String: Int] = [:]
    var started = 0
    /// Calls that are refused before any is answered.
    var throttled = 0
    var unsigned = 0
    /// What every query ends as.
    var ending = "Complete"
    /// Rows of a query at most, whatever it asks for.
    var limit = 10_000
    /// Stretches that were asked for.
    var stretches: [ClosedRange<Int64>] = []
  }

  let state: Lock<State>
  private let server: HTTPServer
  var url: String { "http://127.0.0.1:\(server.port)" }

  init(_ events: [Event]) throws {
    let state = Lock(State(events: events))
    self.state = state
    server = try HTTPServer { request, exchange in
      let (status, body) = state.withLock { Self.answer(request, &$0) }
      exchange.answer(HTTPResponse(status: status, contentType: "application/x-amz-json-1.1", body: Array(body.utf8)))
    }
  }

  private struct Query: Decodable {
    var logGroupNames: [String]
    var startTime: Int64
    var endTime: Int64
    var queryString: String
    var limit: Int?
  }

  private struct Look: Decodable {
    var queryId: String
  }

  private static func answer(_ request: HTTPRequest, _ state: inout State) -> (Int, String) {
    let authorization = request.header("authorization") ?? ""
    guard authorization.hasPrefix("AWS4-HMAC-SHA256 Credential="), authorization.contains("/logs/aws4_request") else {
      state.unsigned += 1
      return (400, #"{"__type":"MissingAuthenticationTokenException","message":"unsigned"}"#)
    }
    if state.throttled > 0 {
      state.throttled -= 1
      return (400, #"{"__type":"LimitExceededException","message":"too many queries at once"}"#)
    }
    let body = Data(request.body)
    switch request.header("x-amz-target") {
    case "Logs_20140328.StartQuery":
      guard let query = try? JSONDecoder().decode(Query.self, from: body) else { return (400, "{}") }
      return start(query, &state)
    case "Logs_20140328.GetQueryResults":
      guard let look = try? JSONDecoder().decode(Look.self, from: body) else { return (400, "{}") }
      return results(look.queryId, &state)
    default: return (400, #"{"__type":"UnknownOperationException"}"#)
    }
  }

  private static func start(_ query: Query, _ state: inout State) -> (Int, String) {
    guard state.events.contains(where: { query.logGroupNames.contains($0.group) }) else {
      return (400, #"{"__type":"ResourceNotFoundException","message":"no group"}"#)
    }
    state.started += 1
    state.stretches.append(query.startTime...query.endTime)
    let seen = state.events.filter { event in
      query.logGroupNames.contains(event.group) && event.visibleFrom <= state.started
        && (query.startTime...query.endTime).contains(event.at / 1_000)
    }.sorted { $0.at < $1.at }
    let rows = query.queryString.contains("stats") ? [totals(seen)] : seen.map(row)
    state.queries["q\(state.started)"] = Array(rows.prefix(min(query.limit ?? 1_000, state.limit)))
    return (200, #"{"queryId":"q\#(state.started)"}"#)
  }

  private static func row(_ event: Event) -> [String: String] {
    let (seconds, milliseconds) = (event.at / 1_000, event.at % 1_000)
    let date = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    let time = date.replacing("T", with: " ").replacing("Z", with: "")
    let fraction = String(repeating: "0", count: 3 - "\(milliseconds)".count) + "\(milliseconds)"
    return [
      "@timestamp": "\(time).\(fraction)", "@message": event.message, "@logStream": event.stream, "@ptr": "CmEK",
    ]
  }

  private static func totals(_ events: [Event]) -> [String: String] {
    func number(_ name: String, _ message: String) -> Double? {
      message.firstRange(of: name).flatMap { Double(message[$0.upperBound...].prefix { $0 != " " }) }
    }
    let reports = events.map(\.message).filter { $0.hasPrefix("REPORT") }
    return [
      "invocations": "\(reports.count)",
      "billed": "\(reports.compactMap { number("Billed Duration: ", $0) }.reduce(0, +))",
      "initialised": "\(reports.count { $0.contains("Init Duration") })",
    ]
  }

  private static func results(_ id: String, _ state: inout State) -> (Int, String) {
    guard let rows = state.queries[id] else { return (400, #"{"__type":"ResourceNotFoundException"}"#) }
    state.looks[id, default: 0] += 1
    guard state.looks[id, default: 0] > 1 else { return (200, #"{"status":"Running","results":[]}"#) }
    struct Field: Encodable {
      var field: String
      var value: String
    }
    struct Statistics: Encodable {
      var bytesScanned: Double
      var recordsMatched: Double
    }
    struct Answer: Encodable {
      var status: String
      var results: [[Field]]
      var statistics: Statistics
    }
    let answer = Answer(
      status: state.ending, results: rows.map { $0.map { Field(field: $0.key, value: $0.value) } },
      statistics: Statistics(bytesScanned: Double(rows.count * 200), recordsMatched: Double(rows.count)))
    return (200, String(decoding: (try? JSONEncoder().encode(answer)) ?? Data(), as: UTF8.self))
  }
}
