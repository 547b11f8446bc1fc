import CCurl

/// A request of the blocking client.
public struct HTTPClientRequest: Sendable {
  /// The method in capitals.
  public var method: String
  /// An http or https URL.
  public var url: String
  /// Header names and values.
  public var headers: [(String, String)]
  /// The body; it is sent where it is not empty or the method is POST or PUT.
  public var body: [UInt8]
  /// Milliseconds for the whole exchange; nil waits without end.
  public var timeoutMilliseconds: Int?
  /// Milliseconds to connect, TLS included; nil is libcurl's five minutes.
  public var connectMilliseconds: Int?

  /// A request.
  public init(
    method: String = "GET", url: String, headers: [(String, String)] = [], body: [UInt8] = [],
    timeoutMilliseconds: Int? = 10_000, connectMilliseconds: Int? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeoutMilliseconds = timeoutMilliseconds
    self.connectMilliseconds = connectMilliseconds
  }
}

/// The answer to a request of the blocking client.
public struct HTTPClientResponse: Sendable {
  /// The status code.
  public var status: Int
  /// The version of HTTP that it came by: `1.0`, `1.1`, `2`, `3`; empty where libcurl does not tell.
  public var httpVersion: String
  /// Header names in lower case, and values.
  public var headers: [(name: String, value: String)]
  /// The whole body.
  public var body: [UInt8]

  /// The first value of a header, its name in lower case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}

/// A blocking HTTP client that keeps its connection between requests.
///
/// One thread at a time may use it. It never follows redirects and reads no proxy from the environment.
public final class HTTPClient {
  private let handle: EasyHandle
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  private let connection: ConnectionSettings

  /// A client without a connection yet.
  public init(_ connection: ConnectionSettings = .init()) throws(CurlError) {
    self.connection = connection
    handle = try EasyHandle()
  }

  deinit { errorText.deallocate() }

  /// Sends a request and waits for its whole answer; an HTTP error status is an answer and not an error.
  public func send(_ request: HTTPClientRequest) throws(CurlError) -> HTTPClientResponse {
    curl_easy_reset(handle.pointer)
    let received = ReceivedAnswer()
    // libcurl calls every body a form unless told otherwise.
    let isTyped = request.headers.contains { $0.0.lowercased() == "content-type" }
    let headers = HeaderList(request.headers, withholding: isTyped ? [] : ["Content-Type"])
    // libcurl holds these only as pointers.
    defer { withExtendedLifetime(received) {} }
    try configure(request, headers.pointer, received)
    errorText.pointee = 0
    let code = request.body.withUnsafeBytes { body in
      // Setting it makes any request one with a body, whose length libcurl would look for in what is no text.
      if Self.hasBody(request) { _ = rce_curl_set_pointer(handle.pointer, CURLOPT_POSTFIELDS, body.baseAddress) }
      return curl_easy_perform(handle.pointer)
    }
    guard code == CURLE_OK else {
      let wasConnecting = code == CURLE_OPERATION_TIMEDOUT && handle.offset(CURLINFO_PRETRANSFER_TIME_T) == 0
      throw CurlError(
        operation: wasConnecting ? CurlError.Stage.connect.rawValue : request.method, code: Int32(code.rawValue),
        detail: String(cString: errorText))
    }
    return HTTPClientResponse(
      status: handle.number(CURLINFO_RESPONSE_CODE),
      httpVersion: Self.httpVersion(handle.number(CURLINFO_HTTP_VERSION)), headers: received.headers,
      body: received.body)
  }

  private static func httpVersion(_ number: Int) -> String {
    switch number {
    case CURL_HTTP_VERSION_1_0: "1.0"
    case CURL_HTTP_VERSION_1_1: "1.1"
    case CURL_HTTP_VERSION_2_0: "2"
    case CURL_HTTP_VERSION_3: "3"
    default: ""
    }
  }

  private static func hasBody(_ request: HTTPClientRequest) -> Bool {
    !request.body.isEmpty || request.method == "POST" || request.method == "PUT"
  }

  private func configure(
    _ request: HTTPClientRequest, _ headers: UnsafeMutableRawPointer?, _ received: ReceivedAnswer
  ) throws(CurlError) {
    try handle.set(CURLOPT_NOSIGNAL, 1)
    try handle.set(CURLOPT_PROXY, "")
    try connection.apply(to: handle)
    try handle.set(CURLOPT_ERRORBUFFER, pointer: errorText)
    try handle.set(CURLOPT_URL, request.url)
    try handle.set(CURLOPT_HTTPHEADER, pointer: headers)
    try handle.set(CURLOPT_TIMEOUT_MS, request.timeoutMilliseconds ?? 0)
    try handle.set(CURLOPT_CONNECTTIMEOUT_MS, request.connectMilliseconds ?? 0)
    if Self.hasBody(request) {
      try handle.set(CURLOPT_POST, 1)
      try handle.set(CURLOPT_POSTFIELDSIZE, request.body.count)
    }
    // Without this libcurl waits for the body that the headers announce.
    if request.method == "HEAD" { try handle.set(CURLOPT_NOBODY, 1) }
    try handle.set(CURLOPT_CUSTOMREQUEST, request.method)
    let context = Unmanaged.passUnretained(received).toOpaque()
    _ = rce_curl_set_write(handle.pointer, { ReceivedAnswer.append($0, $1 * $2, to: $3, header: false) }, context)
    _ = rce_curl_set_header_callback(
      handle.pointer, { ReceivedAnswer.append($0, $1 * $2, to: $3, header: true) }, context)
  }
}

private final class ReceivedAnswer {
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []

  static func append(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, to context: UnsafeMutableRawPointer?, header: Bool
  ) -> Int {
    guard let bytes, let context else { return 0 }
    let answer = Unmanaged<ReceivedAnswer>.fromOpaque(context).takeUnretainedValue()
    let piece = UnsafeRawBufferPointer(start: bytes, count: count)
    if header { answer.read(line: piece) } else { answer.body.append(contentsOf: piece) }
    return count
  }

  private func read(line: UnsafeRawBufferPointer) {
    // A status line starts a new answer, as after "100 Continue".
    if line.starts(with: "HTTP/".utf8) { headers = [] }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
    let rest = line[(colon + 1)...].drop { $0 == 32 || $0 == 9 }
    let value = String(decoding: rest.prefix { $0 != 13 && $0 != 10 }, as: UTF8.self)
    headers.append((name, value))
  }
}
