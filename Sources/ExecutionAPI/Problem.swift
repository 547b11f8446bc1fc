import FoundationEssentials
import MicroHTTP

/// Why a request was not served, as its client reads it: problem details for HTTP (RFC 9457).
public struct Problem: Error, Sendable {
  /// What is wrong, for programs; `type` carries it as `urn:rce:problem:<kind>`.
  public enum Kind: String, Sendable, CaseIterable {
    case malformedJSON = "malformed-json"
    case invalidField = "invalid-field"
    case invalidParameter = "invalid-parameter"
    case invalidHeader = "invalid-header"
    case notFound = "not-found"
    case unknownJob = "unknown-job"
    case methodNotAllowed = "method-not-allowed"
    case bodyTooLarge = "body-too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case unsupportedLanguage = "unsupported-language"
    case queueFull = "queue-full"
    case unavailable
    case internalError = "internal-error"
  }

  /// What is wrong, for programs.
  public var kind: Kind
  /// For a person: what was wrong with this request, and what would be right.
  public var detail: String
  /// Each fault of the request on its own, where there may be several.
  public var errors: [Fault] = []
  /// Header fields that belong to the answer, such as `Allow`.
  public var headers: [(name: String, value: String)] = []
  /// Every language there is, where the request's own is not among them.
  public var supportedLanguages: [String]?

  /// A problem without particular faults.
  public init(_ kind: Kind, _ detail: String) {
    self.kind = kind
    self.detail = detail
  }

  /// A problem made of faults; the detail reads them one after the other.
  init(_ kind: Kind, _ errors: [Fault]) {
    self.init(kind, errors.map(\.description).joined(separator: "; "))
    self.errors = errors
  }

  /// A problem that passes: the client may try again after this many seconds.
  static func passing(_ kind: Kind, _ detail: String, retryAfter seconds: Int = 1) -> Self {
    var problem = Self(kind, detail)
    problem.headers = [("Retry-After", "\(seconds)")]
    return problem
  }

  /// The answer to the request whose path this was.
  func response(to path: String) -> HTTPResponse {
    let document = Document(
      type: "urn:rce:problem:\(kind.rawValue)", title: kind.title, status: kind.status, detail: detail,
      instance: percentEncode(path), errors: errors.isEmpty ? nil : errors, supportedLanguages: supportedLanguages)
    return HTTPResponse(
      status: kind.status, headers: [("Content-Type", "application/problem+json")] + headers, body: encode(document))
  }

  private struct Document: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let instance: String
    let errors: [Fault]?
    let supportedLanguages: [String]?
  }
}

extension Problem.Kind {
  /// The status that this kind of problem is answered with.
  public var status: Int {
    switch self {
    case .malformedJSON, .invalidField, .invalidParameter, .invalidHeader: 400
    case .notFound, .unknownJob: 404
    case .methodNotAllowed: 405
    case .bodyTooLarge: 413
    case .unsupportedMediaType: 415
    case .unsupportedLanguage: 422
    case .queueFull: 429
    case .internalError: 500
    case .unavailable: 503
    }
  }

  /// The same words for every problem of this kind.
  public var title: String {
    switch self {
    case .malformedJSON: "The body is not JSON"
    case .invalidField: "A field of the body is missing or wrong"
    case .invalidParameter: "A query parameter is wrong"
    case .invalidHeader: "A header field is wrong"
    case .notFound: "There is nothing at this path"
    case .unknownJob: "The job is not known"
    case .methodNotAllowed: "The path does not take this method"
    case .bodyTooLarge: "The body is too large"
    case .unsupportedMediaType: "The body is not of a type that is read here"
    case .unsupportedLanguage: "The language is not supported"
    case .queueFull: "Too many jobs are waiting"
    case .unavailable: "The service cannot take requests at the moment"
    case .internalError: "The service failed"
    }
  }
}

/// A path as a URI reference (RFC 3986, section 3.3), cut to a length that fits a log line.
private func percentEncode(_ path: String) -> String {
  var text = ""
  for byte in path.utf8.prefix(200) {
    switch Unicode.Scalar(byte) {
    case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "/": text.unicodeScalars.append(Unicode.Scalar(byte))
    default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }
  return text
}
