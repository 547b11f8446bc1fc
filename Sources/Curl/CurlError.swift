import CCurl

/// A transfer that libcurl could not do: what was tried, on what, and what came back.
public struct CurlError: Error, CustomStringConvertible, Sendable, Hashable {
  /// The libcurl call, the method, or the stage of a transfer.
  public let operation: String
  /// libcurl's result code (CURLcode, libcurl-errors(3)).
  public let code: Int32
  /// libcurl's words for this case, which may name hosts and ports and never hold a header or a body.
  public let detail: String

  /// How far a transfer came before it failed.
  enum Stage: String {
    /// No connection was made.
    case connect
    /// Nothing was answered.
    case request
    /// The answer began and did not end.
    case answer
  }

  /// An error of an easy handle's call.
  public init(operation: String, code: Int32, detail: String = "") {
    self.operation = operation
    self.code = code
    self.detail = detail
  }

  /// The operation, libcurl's reason and the detail in one line.
  public var description: String {
    detail.isEmpty ? "\(operation): \(reason)" : "\(operation): \(reason) (\(detail))"
  }

  /// libcurl's standing sentence for the code.
  public var reason: String {
    String(cString: curl_easy_strerror(CURLcode(rawValue: UInt32(bitPattern: code))))
  }

  /// One of a bounded set of words, for tables of errors.
  public var label: String {
    switch CURLcode(rawValue: UInt32(bitPattern: code)) {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: "name not resolved"
    case CURLE_COULDNT_CONNECT: "connection refused"
    case CURLE_OPERATION_TIMEDOUT:
      switch Stage(rawValue: operation) {
      case .connect: "connecting timed out"
      case .answer: "answer not complete in time"
      case .request, nil: "request timed out"
      }
    case CURLE_GOT_NOTHING: "connection closed without an answer"
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR: "connection reset"
    case CURLE_PARTIAL_FILE: "answer cut short"
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM: "TLS failed"
    case CURLE_WRITE_ERROR: "answer too large"
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_HTTP2_STREAM: "not an HTTP answer"
    case CURLE_BAD_CONTENT_ENCODING: "answer cannot be decoded"
    case CURLE_TOO_MANY_REDIRECTS: "redirected too often"
    default: "transfer failed"
    }
  }

  /// An answer came and could not be taken: it was cut short, too large or not HTTP.
  public var isAboutTheAnswer: Bool {
    switch CURLcode(rawValue: UInt32(bitPattern: code)) {
    case CURLE_PARTIAL_FILE, CURLE_WRITE_ERROR, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL,
      CURLE_BAD_CONTENT_ENCODING, CURLE_TOO_MANY_REDIRECTS:
      true
    default: false
    }
  }
}
