import FoundationEssentials
import HostSystem
import MicroHTTP

/// A server that behaves as Judge0's API documents: tokens, statuses that move on with every read, base64 both ways.
///
/// What comes of a program is a line of its source: `#judge0 STATUS [STDOUT [STDERR [COMPILE_OUTPUT]]]`.
final class Judge0Server: Sendable {
  struct Request: Sendable, Equatable, Decodable {
    var source_code: String
    var language_id: Int
    var stdin: String?
    var command_line_arguments: String?
    var compiler_options: String?
    var cpu_time_limit: Double?
    var wall_time_limit: Double?
    var memory_limit: Int?
  }

  fileprivate struct State: Sendable {
    var requests: [Request] = []
    var reads: [String: Int] = [:]
    var problems: [String] = []
  }

  private let state: Lock<State>
  private let server: HTTPServer

  /// A server of which a job is queued for so many reads and running for as many.
  init(readsInAState: Int = 1, token: String? = nil) throws {
    let state = Lock(State())
    self.state = state
    server = try HTTPServer { request, exchange in
      guard token == nil || request.header("x-auth-token") == token else {
        return exchange.answer(HTTPResponse(status: 401, text: #"{"error":"authentication failed"}"#))
      }
      exchange.answer(state.withLock { $0.answer(request, readsInAState) })
    }
  }

  var url: String { "http://127.0.0.1:\(server.port)" }
  var requests: [Request] { state.withLock { $0.requests } }
  var problems: [String] { state.withLock { $0.problems } }

  func stop() { server.stop() }

  static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  static func text(_ base64: String) -> String? {
    Data(base64Encoded: base64).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension Judge0Server.State {
  fileprivate mutating func answer(_ request: HTTPRequest, _ readsInAState: Int) -> HTTPResponse {
    switch (request.method, request.path) {
    case ("GET", "/about"): return HTTPResponse(status: 200, text: #"{"version":"1.13.1"}"#)
    case ("POST", "/submissions"): return submit(request)
    default: return status(request, readsInAState)
    }
  }

  private mutating func submit(_ request: HTTPRequest) -> HTTPResponse {
    if request.parameter("base64_encoded") != "true" { problems.append("submission without base64_encoded=true") }
    guard request.header("content-type") == "application/json",
      let submission = try? JSONDecoder().decode(Judge0Server.Request.self, from: Data(request.body))
    else { return HTTPResponse(status: 400, text: "") }
    guard [54, 62, 63, 71, 9_000].contains(submission.language_id) else {
      return HTTPResponse(status: 422, text: #"{"language_id":["language with id doesn't exist"]}"#)
    }
    requests.append(submission)
    return HTTPResponse(status: 201, text: #"{"token":"d85cd024-1548-4165-96c7-\#(requests.count - 1)"}"#)
  }

  private mutating func status(_ request: HTTPRequest, _ readsInAState: Int) -> HTTPResponse {
    let token = String(request.path.dropFirst("/submissions/".count))
    guard let number = token.split(separator: "-").last.flatMap({ Int($0) }), requests.indices.contains(number) else {
      return HTTPResponse(status: 404, text: "")
    }
    if request.parameter("base64_encoded") != "true" { problems.append("read without base64_encoded=true") }
    let known = Set([
      "status", "stdout", "stderr", "compile_output", "message", "time", "memory", "exit_code", "exit_signal", "token",
      "created_at", "finished_at", "wall_time",
    ])
    let fields = (request.parameter("fields") ?? "").split(separator: ",").map(String.init)
    guard !fields.isEmpty, known.isSuperset(of: fields) else {
      return HTTPResponse(status: 400, text: #"{"error":"invalid fields"}"#)
    }
    let read = reads[token, default: 0]
    reads[token] = read + 1
    if read < 2 * readsInAState {
      let status =
        read < readsInAState ? #"{"id":1,"description":"In Queue"}"# : #"{"id":2,"description":"Processing"}"#
      return HTTPResponse(status: 200, text: #"{"status":\#(status),"stdout":null,"time":null,"memory":null}"#)
    }
    return HTTPResponse(status: 200, text: Self.result(of: requests[number]))
  }

  private static func result(of request: Judge0Server.Request) -> String {
    let source = Judge0Server.text(request.source_code) ?? ""
    let words =
      source.split(separator: "\n").first { $0.hasPrefix("#judge0 ") }?.split(separator: " ").dropFirst() ?? []
    let parts = Array(words)
    func part(_ index: Int) -> String {
      guard parts.indices.contains(index), parts[index] != "-" else { return "null" }
      // Judge0 breaks long base64 into lines and ends it with one.
      return #""\#(Judge0Server.base64(String(parts[index]) + "\n"))\n""#
    }
    let id = parts.first.flatMap { Int($0) } ?? 3
    return """
      {"status":{"id":\(id),"description":"status \(id)"},"stdout":\(part(1)),"stderr":\(part(2)),
       "compile_output":\(part(3)),"message":null,"time":"0.042","memory":1024,"exit_code":\(id == 3 ? 0 : 1),
       "exit_signal":null}
      """
  }
}
