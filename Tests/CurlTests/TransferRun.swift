import Curl
import HostSystem
import TestServices
import Testing

/// A loop that is driven to the ends of its transfers.
struct TransferRun: ~Copyable {
  private var loop: TransferLoop
  private let headers: SharedHeaders
  let port: UInt16

  /// A loop to a server; `byLibcurl` has libcurl write and read the messages too.
  init(
    _ port: UInt16, _ limits: TransferLimits = .init(), headers: [(String, String)] = [], byLibcurl: Bool = false
  ) throws {
    var limits = limits
    limits.leavesMessagesToLibcurl = byLibcurl
    loop = try TransferLoop(limits, wakeSignal: WakeSignal())
    self.headers = SharedHeaders(headers)
    self.port = port
  }

  mutating func start(
    _ path: String = "/", method: String? = nil, body: SharedBody? = nil, milliseconds: Int = 20_000, tag: Int = 0,
    host: String = "127.0.0.1", port: UInt16? = nil
  ) throws {
    try loop.start(
      TransferRequest(
        url: "http://\(host):\(port ?? self.port)\(path)", method: method, headers: headers, body: body,
        timeoutMilliseconds: milliseconds, tag: tag))
  }

  /// Turns the loop until nothing is under way.
  mutating func finish() -> [TransferReport] {
    var reports: [TransferReport] = []
    let deadline = MonotonicInstant.now + 30_000_000_000
    while loop.active > 0, MonotonicInstant.now < deadline {
      loop.perform()
      while let report = loop.nextReport() { reports.append(report) }
      if loop.active > 0 { loop.wait(until: deadline) }
    }
    loop.perform()
    while let report = loop.nextReport() { reports.append(report) }
    return reports
  }

  /// Starts one transfer and waits for its report.
  mutating func get(
    _ path: String = "/", method: String? = nil, body: SharedBody? = nil, milliseconds: Int = 20_000
  ) throws -> TransferReport {
    try start(path, method: method, body: body, milliseconds: milliseconds)
    let reports = finish()
    #expect(reports.count == 1)
    return try #require(reports.first)
  }

  /// Lets the loop see what has happened in so many milliseconds.
  mutating func idle(milliseconds: Int64) {
    let end = MonotonicInstant.now + milliseconds * 1_000_000
    while MonotonicInstant.now < end {
      loop.wait(until: end)
      loop.perform()
    }
  }

  mutating func turn() { loop.perform() }

  mutating func cancel(tag: Int) { loop.cancel(tag: tag) }
}

extension TransferReport {
  /// Status, body and watched headers, or the label of the failure.
  var summary: String {
    switch result {
    case .success(let answer):
      let headers = answer.headers.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
      return "\(answer.status) \(String(decoding: answer.body, as: UTF8.self))\(headers)"
    case .failure(let error): return error.label
    }
  }
}
