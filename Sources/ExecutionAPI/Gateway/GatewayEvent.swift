import FoundationEssentials
public import MicroHTTP

/// A request as API Gateway hands it to a function: REST API proxy events (1.0) and HTTP API events (2.0).
public struct GatewayEvent: Sendable {
  /// Which form the event has, and so which the answer must have.
  public enum Format: Sendable, Hashable {
    /// `version` 1.0, or none: headers of one name in `multiValueHeaders`.
    case rest
    /// `version` 2.0: headers of one name joined by commas.
    case http
  }

  /// The form of the event.
  public let format: Format
  /// The request in it.
  public let request: HTTPRequest

  /// Reads an event; nil for one of another kind, or a body that is no base64 where it says so.
  ///
  /// - Parameter bodyLimit: a longer body is left out, as the API's own server does.
  public init?(_ payload: [UInt8], bodyLimit: Int) {
    guard let event = try? JSONDecoder().decode(Fields.self, from: Data(payload)) else { return nil }
    let body: [UInt8]
    if event.isBase64Encoded ?? false {
      guard let data = Data(base64Encoded: event.body ?? "") else { return nil }
      body = [UInt8](data)
    } else {
      body = Array((event.body ?? "").utf8)
    }
    let exceeds = body.count > bodyLimit
    if let http = event.requestContext.http {
      format = .http
      let path = http.path.isEmpty ? event.rawPath ?? "/" : http.path
      request = HTTPRequest(
        method: http.method, path: event.rawPath ?? path, query: Self.query(event.rawQueryString ?? ""),
        headers: Self.lowercased(event.headers?.mapValues { [$0] }), body: exceeds ? [] : body,
        bodyExceedsLimit: exceeds)
    } else if let method = event.httpMethod, let path = event.path {
      format = .rest
      let single = event.queryStringParameters?.mapValues { [$0] }
      request = HTTPRequest(
        method: method, path: path,
        query: (event.multiValueQueryStringParameters ?? single ?? [:]).sorted { $0.key < $1.key }
          .flatMap { pair in pair.value.map { (name: pair.key, value: $0) } },
        headers: Self.lowercased(event.multiValueHeaders ?? event.headers?.mapValues { [$0] }),
        body: exceeds ? [] : body, bodyExceedsLimit: exceeds)
    } else {
      return nil
    }
  }

  private struct Fields: Decodable {
    struct Context: Decodable {
      struct HTTP: Decodable {
        var method: String
        var path: String
      }
      var http: HTTP?
    }
    var requestContext: Context
    var httpMethod: String?
    var path: String?
    var rawPath: String?
    var rawQueryString: String?
    var headers: [String: String]?
    var multiValueHeaders: [String: [String]]?
    var queryStringParameters: [String: String]?
    var multiValueQueryStringParameters: [String: [String]]?
    var body: String?
    var isBase64Encoded: Bool?
  }

  private static func lowercased(_ headers: [String: [String]]?) -> [(name: String, value: String)] {
    (headers ?? [:]).sorted { $0.key < $1.key }
      .flatMap { pair in pair.value.map { (name: pair.key.lowercased(), value: $0) } }
  }

  /// Names and values of a raw query, escapes resolved.
  private static func query(_ raw: String) -> [(name: String, value: String)] {
    raw.split(separator: "&").map { part in
      let name = part.prefix { $0 != "=" }
      return (name: plain(name), value: plain(part.dropFirst(name.count + 1)))
    }
  }

  private static func plain(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
