/// A request as a handler sees it, its body read to the end.
public struct HTTPRequest: Sendable {
  /// The method in capitals, for example `POST`.
  public var method: String
  /// The path, percent-decoded and without its query.
  public var path: String
  /// The query's names and values in order, percent-decoded; a name without `=` has an empty value.
  public var query: [(name: String, value: String)]
  /// Header names in lower case, in the order sent.
  public var headers: [(name: String, value: String)]
  /// The body; empty where it exceeded the server's limit.
  public var body: [UInt8]
  /// The body was larger than the server's limit and has been thrown away.
  public var bodyExceedsLimit: Bool

  /// A request, for handlers that are tested without a server.
  public init(
    method: String, path: String, query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = [], bodyExceedsLimit: Bool = false
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.bodyExceedsLimit = bodyExceedsLimit
  }

  /// The first value of a header, its name in lower case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }

  /// The first value of a query parameter.
  public func parameter(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }
}

/// An answer; Content-Length, Date and Connection are added on the way out.
public struct HTTPResponse: Sendable {
  /// The status code (RFC 9110, section 15).
  public var status: Int
  /// Header names and values.
  public var headers: [(name: String, value: String)]
  /// The whole body.
  public var body: [UInt8]

  /// An answer.
  public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// An answer with a typed body.
  public init(status: Int, contentType: String, body: [UInt8]) {
    self.init(status: status, headers: [("Content-Type", contentType)], body: body)
  }

  /// An answer with a text body.
  public init(status: Int, contentType: String = "text/plain; charset=utf-8", text: String) {
    self.init(status: status, contentType: contentType, body: Array(text.utf8))
  }
}
