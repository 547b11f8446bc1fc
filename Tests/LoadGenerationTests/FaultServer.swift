import Glibc
import HostSystem
import TestServices

/// A platform that goes wrong in one way, over raw sockets, a thread for each connection; its health is always well.
final class FaultServer: Sendable {
  /// What comes back for a request.
  enum Reply: Sendable {
    /// These bytes, and the connection is closed.
    case write([UInt8])
    /// The connection is reset.
    case reset
    /// These bytes, and then nothing until the server stops.
    case hang(after: [UInt8])
    /// The first bytes at once, then the last one again and again, at these milliseconds, until the client goes.
    case drip([UInt8], milliseconds: UInt32)
    /// A head, and then zeros without end, as fast as they are taken.
    case flood([UInt8])

    static func text(_ text: String) -> Self { .write(Array(text.utf8)) }

    /// A well-formed answer.
    static func json(_ status: Int, _ body: String, headers: String = "") -> Self {
      .text(
        "HTTP/1.1 \(status) Status\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
          + "\(headers)Connection: close\r\n\r\n\(body)")
    }
  }

  /// What the platform does with a submission and with a status read, each by how many came before.
  struct Behaviour: Sendable {
    var submission: @Sendable (Int) -> Reply = { .json(202, #"{"jobId":"job-\#($0)","status":"queued"}"#) }
    var status: @Sendable (Int) -> Reply = { _ in .json(200, #"{"status":"completed","result":"hello"}"#) }
  }

  private struct State: Sendable {
    var submissions = 0
    var reads = 0
    var open: [Int32] = []
    var threads: [NativeThread] = []
    var isStopping = false
    var isStopped = false
  }

  private let state = Lock(State())
  private let listener: Int32
  private let port: UInt16
  private let thread: NativeThread

  init(_ behaviour: Behaviour) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    port = try LoopbackPort.bind(listener)
    guard listen(listener, 256) == 0 else { throw SystemCallError("listen", "127.0.0.1") }
    self.listener = listener
    let state = state
    thread = try NativeThread(named: "fault-server") {
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        Self.serve(connection, behaviour, state)
      }
    }
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var submissions: Int { state.withLock { $0.submissions } }
  var reads: Int { state.withLock { $0.reads } }

  /// Closes every connection and joins the threads; again, it does nothing, since the listener's number may be another's.
  func stop() {
    let isFirst = state.withLock { state in
      defer { state.isStopped = true }
      return !state.isStopped
    }
    guard isFirst else { return }
    shutdown(listener, Int32(SHUT_RDWR))
    thread.join()
    close(listener)
    let threads = state.withLock { state in
      state.isStopping = true
      for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
      return state.threads
    }
    state.notifyAll()
    for thread in threads { thread.join() }
  }

  private static func serve(_ connection: Int32, _ behaviour: Behaviour, _ state: Lock<State>) {
    state.withLock { $0.open.append(connection) }
    let thread = try? NativeThread(named: "fault") {
      if let request = head(of: connection) { perform(reply(to: request, behaviour, state), on: connection, state) }
      state.withLock { $0.open.removeAll { $0 == connection } }
      close(connection)
    }
    state.withLock { state in if let thread { state.threads.append(thread) } }
  }

  private static func reply(to request: String, _ behaviour: Behaviour, _ state: Lock<State>) -> Reply {
    if request.hasPrefix("GET /health") { return .json(200, "{}") }
    if request.hasPrefix("POST") {
      return behaviour.submission(
        state.withLock { state in
          defer { state.submissions += 1 }
          return state.submissions
        })
    }
    return behaviour.status(
      state.withLock { state in
        defer { state.reads += 1 }
        return state.reads
      })
  }

  private static func perform(_ reply: Reply, on connection: Int32, _ state: Lock<State>) {
    switch reply {
    case .write(let bytes): _ = sendAll(bytes, on: connection)
    case .reset:
      // A linger time of 0 makes close(2) send a reset.
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    case .hang(let bytes):
      guard sendAll(bytes, on: connection) else { return }
      _ = state.wait(until: .now + 60_000_000_000) { $0.isStopping ? true : nil }
    case .drip(let bytes, let milliseconds):
      guard sendAll(bytes, on: connection) else { return }
      while sendAll([bytes.last ?? 32], on: connection), !state.withLock({ $0.isStopping }) {
        usleep(milliseconds * 1_000)
      }
    case .flood(let head):
      let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: 65_536)
      guard sendAll(head, on: connection) else { return }
      while sendAll(zeros, on: connection) {}
    }
  }

  private static func sendAll(_ bytes: [UInt8], on connection: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// A request with its body, so that closing afterwards resets nothing that was not read; nil where the client went.
  private static func head(of connection: Int32) -> String? {
    var text = ""
    var bytes = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let end = text.firstRange(of: "\r\n\r\n") {
        let length = text.firstRange(of: "Content-Length: ").flatMap { found in
          Int(text[found.upperBound...].prefix { $0.isNumber })
        }
        if text[end.upperBound...].utf8.count >= length ?? 0 { return text }
      }
      let count = recv(connection, &bytes, bytes.count, 0)
      guard count > 0 else { return nil }
      text += String(decoding: bytes[..<count], as: UTF8.self)
    }
  }
}
