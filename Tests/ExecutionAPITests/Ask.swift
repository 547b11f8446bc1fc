import Curl
import FoundationEssentials
import MicroHTTP

/// A request as a test writes it, for the API as a function and for the API on a socket alike.
struct Ask: Sendable {
  var method = "GET"
  /// Path and query, as they stand in a request line.
  var target: String
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []

  static func get(_ target: String) -> Self { Ask(target: target) }

  static func submit(_ body: String, headers: [(name: String, value: String)] = []) -> Self {
    let json = [(name: "Content-Type", value: "application/json")]
    return Ask(method: "POST", target: "/execute", headers: json + headers, body: Array(body.utf8))
  }

  /// The request as the transport would hand it over.
  func incoming(bodyLimit: Int) -> HTTPRequest {
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    let query = (parts.count == 2 ? parts[1] : "").split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
      return (name: sides[0], value: sides.count == 2 ? sides[1] : "")
    }
    let isTooLarge = body.count > bodyLimit
    return HTTPRequest(
      method: method, path: parts.first ?? "/", query: query, headers: headers.map { ($0.name.lowercased(), $0.value) },
      body: isTooLarge ? [] : body, bodyExceedsLimit: isTooLarge)
  }

  /// The request as a client sends it.
  func outgoing(to port: UInt16) -> HTTPClientRequest {
    HTTPClientRequest(
      method: method, url: "http://127.0.0.1:\(port)\(target)", headers: headers.map { ($0.name, $0.value) },
      body: body, timeoutMilliseconds: 30_000)
  }
}

/// An answer, whatever brought it.
struct Answer: Sendable {
  let status: Int
  /// Names in lower case.
  let headers: [String: String]
  let body: [UInt8]

  init(_ response: HTTPResponse) {
    self.init(status: response.status, headers: response.headers, body: response.body)
  }

  init(_ response: HTTPClientResponse) {
    self.init(status: response.status, headers: response.headers, body: response.body)
  }

  private init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
    self.status = status
    self.headers = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
    self.body = body
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(body))
  }

  /// The problem that the body holds.
  func problem() throws -> ProblemDocument {
    guard headers["content-type"] == "application/problem+json" else { throw NoProblem(status: status, text: text) }
    return try json(ProblemDocument.self)
  }
}

/// Problem details as a client reads them.
struct ProblemDocument: Decodable {
  struct Fault: Decodable {
    let pointer: String?
    let parameter: String?
    let header: String?
    let detail: String
  }

  let type: String
  let title: String
  let status: Int
  let detail: String
  let instance: String
  let errors: [Fault]?
  let supportedLanguages: [String]?
}

struct NoProblem: Error {
  let status: Int
  let text: String
}
