import Glibc
import HostSystem
import TestServices

/// A TCP server that keeps its connections, answers each request with the bytes of a script and does with the connection
/// what the script says; a thread for each connection.
final class ScriptedServer: Sendable {
  /// What comes back for a request.
  struct Step: Sendable {
    /// Sent one after the other, some milliseconds apart.
    var pieces: [String]
    /// The connection is closed afterwards.
    var closes = false

    init(_ pieces: String..., closes: Bool = false) {
      self.pieces = pieces
      self.closes = closes
    }

    /// A well-formed answer that leaves the connection open.
    static func answer(_ body: String, _ fields: String = "") -> Self {
      Self("HTTP/1.1 200 OK\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
  }

  /// A request as it came, and which it was on its connection and of all, from 0.
  struct Request: Sendable {
    var head: String
    var onConnection: Int
    var number: Int
  }

  private struct State: Sendable {
    var open: [Int32] = []
    var threads: [NativeThread] = []
    var connections = 0
    var requests: [String] = []
    var isStopping = false
  }

  private let state = Lock(State())
  private let listener: Int32
  private let thread: NativeThread
  let port: UInt16

  init(_ script: @escaping @Sendable (Request) -> Step) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    port = try LoopbackPort.bind(listener)
    guard listen(listener, 512) == 0 else { throw SystemCallError("listen", "127.0.0.1") }
    self.listener = listener
    let state = state
    thread = try NativeThread(named: "scripted") {
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        Self.serve(connection, script, state)
      }
    }
  }

  /// Connections that were made so far.
  var connections: Int { state.withLock { $0.connections } }
  /// Heads of all requests in the order in which they came.
  var requests: [String] { state.withLock { $0.requests } }

  /// Closes every connection that is open, as a server does that goes or restarts.
  func hangUp() {
    state.withLock { state in for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) } }
  }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    thread.join()
    close(listener)
    hangUp()
    for thread in state.withLock({ $0.threads }) { thread.join() }
  }

  private static func serve(_ connection: Int32, _ script: @escaping @Sendable (Request) -> Step, _ state: Lock<State>)
  {
    state.withLock { state in
      state.open.append(connection)
      state.connections += 1
    }
    let thread = try? NativeThread(named: "script") {
      var count = 0
      while let head = head(of: connection) {
        let number = state.withLock { state in
          state.requests.append(head)
          return state.requests.count - 1
        }
        let step = script(Request(head: head, onConnection: count, number: number))
        count += 1
        guard send(step.pieces, on: connection), !step.closes else { break }
      }
      state.withLock { $0.open.removeAll { $0 == connection } }
      close(connection)
    }
    state.withLock { state in if let thread { state.threads.append(thread) } }
  }

  private static func send(_ pieces: [String], on connection: Int32) -> Bool {
    for (index, piece) in pieces.enumerated() {
      if index > 0 { usleep(3_000) }
      var rest = Array(piece.utf8)[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
    }
    return true
  }

  /// A request's head, its body read too; nil where the client went.
  private static func head(of connection: Int32) -> String? {
    var text: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let end = text.firstRange(of: Array("\r\n\r\n".utf8)) {
        let head = String(decoding: text[..<end.upperBound], as: UTF8.self)
        let length = head.firstRange(of: "Content-Length: ").flatMap { found in
          Int(head[found.upperBound...].prefix { $0.isNumber })
        }
        if text.count - end.upperBound >= length ?? 0 { return head }
      }
      let count = recv(connection, &bytes, bytes.count, 0)
      guard count > 0 else { return nil }
      text += bytes[..<count]
    }
  }
}
