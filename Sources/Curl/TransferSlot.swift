import CCurl
import Glibc
import HostSystem

/// One easy handle that is used for one transfer after the other, and what libcurl must find again meanwhile.
final class TransferSlot: LoopHandle {
  private(set) var request: TransferRequest?
  private var started = MonotonicInstant(nanoseconds: 0)
  private var queuedAt: MonotonicInstant?
  private var body: [UInt8] = []
  private var headers: [String: String] = [:]
  private var redirect = Redirect.none

  /// The field User-Agent of every request.
  static let agent = "rce-bench"

  override init(_ limits: TransferLimits, _ watch: SocketWatch) throws(CurlError) {
    try super.init(limits, watch)
    try handle.set(CURLOPT_USERAGENT, Self.agent)
    try handle.set(CURLOPT_MAXREDIRS, limits.redirects)
    try handle.set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds)
    try handle.set(CURLOPT_FORBID_REUSE, limits.keepAlive ? 0 : 1)
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = rce_curl_set_write(handle.pointer, { TransferSlot.receive($0, $1 * $2, $3, isHeader: false) }, context)
    _ = rce_curl_set_header_callback(handle.pointer, { TransferSlot.receive($0, $1 * $2, $3, isHeader: true) }, context)
  }

  /// Prepares the next transfer; the request is kept until `finish`, since libcurl holds its headers and its body.
  func prepare(_ request: TransferRequest, queuedAt: MonotonicInstant?) throws(CurlError) {
    self.request = request
    self.queuedAt = queuedAt
    started = .now
    body = []
    headers = [:]
    redirect = .none
    clearError()
    try handle.set(CURLOPT_URL, request.url)
    try handle.set(CURLOPT_HTTPHEADER, pointer: request.headers.list.pointer)
    let waited = queuedAt.map { Int((started - $0) / 1_000_000) } ?? 0
    try handle.set(CURLOPT_TIMEOUT_MS, max(request.timeoutMilliseconds - waited, 1))
    if let body = request.body {
      try handle.set(CURLOPT_POST, 1)
      try handle.set(CURLOPT_POSTFIELDSIZE, body.count)
      try handle.set(CURLOPT_POSTFIELDS, pointer: body.bytes.baseAddress)
    } else {
      try handle.set(CURLOPT_HTTPGET, 1)
    }
    try handle.set(CURLOPT_FOLLOWLOCATION, follows ? 1 : 0)
    if let method = request.method {
      try handle.set(CURLOPT_CUSTOMREQUEST, method)
    } else {
      try handle.set(CURLOPT_CUSTOMREQUEST, pointer: nil)
    }
  }

  /// The report of the transfer that has just ended.
  func finish(_ code: CURLcode) -> TransferReport? {
    guard let request = request.take() else { return nil }
    let result: Result<TransferAnswer, CurlError> =
      code == CURLE_OK
      ? .success(TransferAnswer(status: handle.number(CURLINFO_RESPONSE_CODE), body: body, headers: headers))
      : .failure(CurlError(operation: stage.rawValue, code: Int32(code.rawValue), detail: detail))
    let bytes = (request.body?.count ?? 0) + body.count
    body = []
    return TransferReport(
      tag: request.tag, result: result, times: times, bodyBytes: bytes,
      requestBytes: handle.number(CURLINFO_REQUEST_SIZE))
  }

  /// Forgets a transfer that is not wanted any more.
  func cancel() {
    request = nil
    body = []
  }

  /// How far the transfer came, which tells time-outs apart.
  private var stage: CurlError.Stage {
    if redirect == .elsewhere { return .redirect }
    if handle.offset(CURLINFO_PRETRANSFER_TIME_T) == 0 { return .connect }
    return handle.offset(CURLINFO_STARTTRANSFER_TIME_T) == 0 ? .request : .answer
  }

  private var times: TransferTimes {
    let connected = max(handle.offset(CURLINFO_CONNECT_TIME_T), handle.offset(CURLINFO_APPCONNECT_TIME_T))
    let sent = handle.offset(CURLINFO_PRETRANSFER_TIME_T)
    let firstByte = handle.offset(CURLINFO_STARTTRANSFER_TIME_T)
    return TransferTimes(
      started: queuedAt ?? started, connected: sent > 0 || connected > 0 ? started + connected * 1_000 : nil,
      sent: sent > 0 ? started + sent * 1_000 : nil, firstByte: firstByte > 0 ? started + firstByte * 1_000 : nil,
      done: started + handle.offset(CURLINFO_TOTAL_TIME_T) * 1_000)
  }

  private static func receive(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?, isHeader: Bool
  ) -> Int {
    guard let bytes, let context else { return 0 }
    let slot = Unmanaged<TransferSlot>.fromOpaque(context).takeUnretainedValue()
    let piece = UnsafeRawBufferPointer(start: bytes, count: count)
    if isHeader {
      slot.read(HeadLine(piece))
      return slot.redirect == .elsewhere ? 0 : count
    }
    // Any other count than the given one makes libcurl end the transfer with CURLE_WRITE_ERROR.
    guard slot.body.count + count <= slot.limits.bodyBytes else { return 0 }
    slot.body.append(contentsOf: piece)
    return count
  }

  /// What the answer that is being read does with a transfer that follows redirects.
  private enum Redirect {
    case none
    /// It has the status of a redirect.
    case somewhere
    /// It leads to another origin, where neither headers nor passwords may go.
    case elsewhere
  }

  private var follows: Bool { request.map(limits.follow) ?? false }

  private func read(_ line: HeadLine) {
    if follows { readRedirect(line) }
    for name in limits.watchedHeaders where line.isNamed(name) { headers[name] = line.text }
  }

  private func readRedirect(_ line: HeadLine) {
    if line.bytes.starts(with: "HTTP/".utf8) {
      // What an answer before the last one said does not count.
      headers = [:]
      let status = line.bytes.drop { $0 != 32 }.dropFirst().prefix(3)
      redirect = status.count == 3 && status.first == UInt8(ascii: "3") ? .somewhere : .none
    } else if redirect == .somewhere, line.isNamed("location"), let url = request?.url {
      // Every hop stays with the origin of the first, so that this is also the origin of the present one.
      if URLOrigin(url)?.holds(line.text) != true { redirect = .elsewhere }
    }
  }
}
