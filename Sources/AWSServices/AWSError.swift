import FoundationEssentials

/// A call of a service that did not do what it was asked; its text holds no secret.
package struct AWSError: Error, CustomStringConvertible, Sendable, Hashable {
  /// What kind of trouble, for callers that must choose.
  package enum Kind: String, Sendable, Hashable {
    /// Nothing was answered; a later try may succeed.
    case unreachable
    /// Too many calls; a later try may succeed.
    case throttled
    /// The service has trouble of its own; a later try may succeed.
    case unavailable
    /// No credentials were found, or those found are refused or have expired.
    case credentials
    /// These credentials may not do it.
    case denied
    /// What was named is not there.
    case missing
    /// The service does not take such a request.
    case rejected
    /// The answer has another shape than documented.
    case unreadable
  }

  /// What kind of trouble.
  package var kind: Kind
  /// The service's own name for it, for example `ThrottlingException`; empty where it gave none.
  package var code: String
  /// What was tried and what came back.
  package var description: String

  /// An error.
  package init(_ kind: Kind, code: String = "", _ description: String) {
    self.kind = kind
    self.code = code
    self.description = description
  }

  /// A later try may succeed.
  package var isTransient: Bool { kind == .unreachable || kind == .throttled || kind == .unavailable }

  /// The credentials were good once and have ended.
  package var saysExpired: Bool { ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"].contains(code) }

  /// What an answer with an error status says.
  ///
  /// - Parameter region: where the bucket is, which S3 says to who asks elsewhere.
  init(_ task: String, status: Int, body: [UInt8], errorType: String?, region: String? = nil) {
    let text = String(decoding: body.prefix(4_096), as: UTF8.self)
    let code = Self.code(text, errorType)
    let region = region ?? Self.between(text, "<Region>", "<")
    let words = code.isEmpty ? "\(status)" : "\(status) \(code)"
    self.init(
      Self.kind(status, code), code: code,
      "cannot \(task): the service answered \(words)\(Self.hint(Self.kind(status, code), code, region))")
  }

  private static func code(_ text: String, _ errorType: String?) -> String {
    // JSON services: a header, or "__type": "com.amazonaws.sqs#QueueDoesNotExist"; S3: <Code>NoSuchKey</Code>.
    let raw =
      errorType ?? between(text, "<Code>", "<") ?? between(text, "\"__type\":\"", "\"")
      ?? between(text, "\"__type\": \"", "\"") ?? ""
    let name = raw.split(separator: "#").last.map(String.init) ?? ""
    return String(name.prefix { $0 != ":" && $0 != " " })
  }

  private static func between(_ text: String, _ start: String, _ end: Character) -> String? {
    guard let range = text.firstRange(of: start) else { return nil }
    return String(text[range.upperBound...].prefix { $0 != end })
  }

  private static let throttling: Set<String> = [
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
    "TooManyRequestsException", "SlowDown", "RequestLimitExceeded", "ProvisionedThroughputExceededException",
    "LimitExceededException", "KmsThrottled",
  ]
  private static let credentials: Set<String> = [
    "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException",
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch", "InvalidSignatureException", "MissingAuthenticationToken", "InvalidToken",
    "TokenRefreshRequired",
  ]

  private static func kind(_ status: Int, _ code: String) -> Kind {
    if throttling.contains(code) || status == 429 { return .throttled }
    if credentials.contains(code) { return .credentials }
    if status >= 500 { return .unavailable }
    if status == 404 || code == "QueueDoesNotExist" || code.hasSuffix("NonExistentQueue") { return .missing }
    if status == 401 || status == 403 || code.hasPrefix("AccessDenied") { return .denied }
    return .rejected
  }

  private static let elsewhere: Set<String> = [
    "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException",
  ]

  private static func hint(_ kind: Kind, _ code: String, _ region: String?) -> String {
    if elsewhere.contains(code) {
      return "; it is in another region\(region.map { ", \($0)" } ?? ""): set AWS_REGION to that"
    }
    return switch kind {
    case .credentials: "; check that the credentials are those of this account and region, and have not expired"
    case .denied: "; the role or user lacks this right"
    case .missing: "; check region and name"
    case .throttled: "; it was asked too often, and a later try may succeed"
    default: ""
    }
  }
}

extension AWSError {
  /// The same error, with how often it was tried where that was more than once.
  func afterTries(_ count: Int) -> Self {
    count < 2 ? self : Self(kind, code: code, "\(description) (tried \(count) times)")
  }
}
