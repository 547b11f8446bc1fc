import CCurl
import HostSystem

/// A request over an unencrypted connection, from its start to its report.
final class PlainTransfer {
  private(set) var request: TransferRequest
  let started: MonotonicInstant
  let deadline: MonotonicInstant
  private let queuedAt: MonotonicInstant?
  /// Its place among those under way.
  var place = 0
  var origin: PlainOrigin
  var connection: PlainConnection?
  var connector: Connector?
  var connected: MonotonicInstant?
  var firstByte: MonotonicInstant?
  var answer: AnswerReader
  private(set) var sent: MonotonicInstant?
  private(set) var redirects = 0
  private var head: [UInt8] = []
  /// Bytes of this sending that went out.
  private var sentBytes = 0
  /// Those of earlier ones.
  private var earlierBytes = 0
  private let expectation: AnswerReader.Expectation

  init(
    _ request: TransferRequest, to destination: PlainDestination, _ origin: PlainOrigin, _ limits: TransferLimits,
    queuedAt: MonotonicInstant?
  ) {
    self.request = request
    self.origin = origin
    self.queuedAt = queuedAt
    started = .now
    deadline = (queuedAt ?? started) + Int64(request.timeoutMilliseconds) * 1_000_000
    expectation = .init(
      bodyLimit: limits.bodyBytes, watched: limits.watchedHeaders, followsRedirects: limits.follow(request),
      isHead: request.method == "HEAD")
    answer = AnswerReader(expectation)
    writeHead(destination)
  }

  private func writeHead(_ destination: PlainDestination) {
    let block = request.headers.block
    head.removeAll(keepingCapacity: true)
    head.reserveCapacity(256 + (block?.bytes.count ?? 0))
    head += (request.method ?? (request.body == nil ? "GET" : "POST")).utf8
    head.append(0x20)
    head += destination.target.utf8
    head += " HTTP/1.1\r\n".utf8
    if block?.namesHost != true { head += origin.hostLine }
    if let block { head += block.bytes }
    if let body = request.body { head += "Content-Length: \(body.count)\r\n".utf8 }
    head += [13, 10]
  }

  // MARK: Sending

  /// All of the request is out.
  var isSent: Bool { sentBytes == head.count + (request.body?.count ?? 0) }

  /// Sends what the connection takes.
  func send(over connection: PlainConnection) -> PlainConnection.Progress {
    if sent == nil { sent = .now }
    while !isSent {
      let progress = head.withUnsafeBytes { head in
        let body = UnsafeRawBufferPointer(request.body?.bytes ?? .init(start: nil, count: 0))
        let bodyStart = max(sentBytes - head.count, 0)
        return connection.send(
          .init(rebasing: head[min(sentBytes, head.count)...]),
          .init(rebasing: body.prefix(request.body?.count ?? 0).dropFirst(bodyStart)))
      }
      guard case .moved(let count) = progress else { return progress }
      sentBytes += count
    }
    return .moved(0)
  }

  /// Begins again, with another connection.
  func restart() {
    earlierBytes += sentBytes
    sentBytes = 0
    (connection, sent, firstByte) = (nil, nil, nil)
    answer = AnswerReader(expectation)
  }

  /// Goes on to where a redirect leads.
  func redirect(to url: String, _ destination: PlainDestination) {
    redirects += 1
    request.url = url
    restart()
    writeHead(destination)
  }

  // MARK: Reporting

  /// How far the transfer came, which tells time-outs apart.
  var stage: CurlError.Stage {
    if sent == nil { return .connect }
    return firstByte == nil ? .request : .answer
  }

  func report(_ error: CurlError? = nil, at now: MonotonicInstant) -> TransferReport {
    let result: Result<TransferAnswer, CurlError> =
      if let error {
        .failure(error)
      } else {
        .success(TransferAnswer(status: answer.head.status, body: answer.body, headers: answer.head.headers))
      }
    let times = TransferTimes(
      started: queuedAt ?? started, connected: connected, sent: sent, firstByte: firstByte, done: now)
    return TransferReport(
      tag: request.tag, result: result, times: times, bodyBytes: (request.body?.count ?? 0) + answer.body.count,
      requestBytes: earlierBytes + sentBytes)
  }
}
