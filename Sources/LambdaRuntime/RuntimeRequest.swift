import FoundationEssentials

/// The requests of the Runtime API (version 2018-06-01).
public enum RuntimeRequest: Sendable, Hashable {
  /// Waits for the next invocation.
  case next
  /// Answers an invocation.
  case response(requestID: String, body: [UInt8])
  /// Says that the function failed on an invocation.
  case failure(requestID: String, FunctionError)
  /// Says that the function cannot start.
  case initializationFailure(FunctionError)

  /// A header's name and value.
  public struct Header: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String
  }

  /// GET or POST.
  public var method: String { self == .next ? "GET" : "POST" }

  /// The path after the version.
  public var path: String {
    switch self {
    case .next: "/runtime/invocation/next"
    case .response(let id, _): "/runtime/invocation/\(id)/response"
    case .failure(let id, _): "/runtime/invocation/\(id)/error"
    case .initializationFailure: "/runtime/init/error"
    }
  }

  /// The headers beyond HTTP's own.
  public var headers: [Header] {
    switch self {
    case .next: []
    case .response: [Header(name: "Content-Type", value: "application/json")]
    case .failure(_, let error), .initializationFailure(let error):
      [
        Header(name: "Content-Type", value: "application/vnd.aws.lambda.error+json"),
        Header(name: "Lambda-Runtime-Function-Error-Type", value: error.type),
      ]
    }
  }

  /// The body.
  public var body: [UInt8] {
    switch self {
    case .next: []
    case .response(_, let body): body
    case .failure(_, let error), .initializationFailure(let error): Self.body(error)
    }
  }

  private struct ErrorBody: Encodable {
    var errorType: String
    var errorMessage: String
  }

  private static func body(_ error: FunctionError) -> [UInt8] {
    let body = ErrorBody(errorType: error.type, errorMessage: error.message)
    // Two strings always encode.
    return (try? JSONEncoder().encode(body)).map { [UInt8]($0) } ?? []
  }
}
