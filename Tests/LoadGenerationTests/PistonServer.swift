import FoundationEssentials
import HostSystem
import MicroHTTP

/// A server that behaves as Piston's API documents: one call, whose answer is the result.
///
/// What comes of a program is its source, as the answer's JSON.
final class PistonServer: Sendable {
  struct Request: Sendable, Equatable, Decodable {
    struct File: Sendable, Equatable, Decodable {
      var name: String
      var content: String
      var encoding: String?
    }

    var language: String
    var version: String
    var files: [File]
    var stdin: String?
    var args: [String]?
    var run_timeout: Int?
    var run_cpu_time: Int?
    var run_memory_limit: Int?
  }

  private let state = Lock<[Request]>([])
  private let server: HTTPServer

  init() throws {
    let state = state
    server = try HTTPServer { request, exchange in
      exchange.answer(
        request.path == "/api/v2/runtimes"
          ? HTTPResponse(status: 200, text: #"[{"language":"python","version":"3.12.0","aliases":["py"]}]"#)
          : Self.execute(request, state))
    }
  }

  var url: String { "http://127.0.0.1:\(server.port)" }
  var requests: [Request] { state.withLock { $0 } }

  func stop() { server.stop() }

  private static func execute(_ request: HTTPRequest, _ state: Lock<[Request]>) -> HTTPResponse {
    guard request.path == "/api/v2/execute", request.method == "POST" else {
      return HTTPResponse(status: 404, text: "")
    }
    guard request.header("content-type") == "application/json" else {
      return HTTPResponse(status: 415, text: #"{"message":"requests must be of type application/json"}"#)
    }
    guard let body = try? JSONDecoder().decode(Request.self, from: Data(request.body)) else {
      return HTTPResponse(status: 400, text: #"{"message":"files is required as an array"}"#)
    }
    guard ["python", "c++", "java", "javascript"].contains(body.language) else {
      return HTTPResponse(status: 400, text: #"{"message":"\#(body.language)-\#(body.version) runtime is unknown"}"#)
    }
    state.withLock { $0.append(body) }
    return HTTPResponse(status: 200, contentType: "application/json", body: Array(body.files[0].content.utf8))
  }
}
