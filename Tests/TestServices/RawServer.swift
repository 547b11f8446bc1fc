import Glibc
import HostSystem

/// A TCP server on a free loopback port that answers each connection's one request with raw bytes, or worse: for
/// answers that no HTTP library would give.
public final class RawServer: Sendable {
  /// What comes back for a request.
  public enum Reply: Sendable {
    /// These bytes, and the connection is closed.
    case write(String)
    /// The connection is reset.
    case reset
    /// Nothing, until the server stops.
    case silence

    /// A well-formed answer with a JSON body.
    public static func json(_ status: Int, _ body: String) -> Self {
      .write(
        "HTTP/1.1 \(status) Status\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
          + "Connection: close\r\n\r\n\(body)")
    }
  }

  /// The port that the server listens on.
  public let port: UInt16
  private let listener: Int32
  private let thread: NativeThread
  private let held: Lock<[Int32]>

  /// Listens; the handler gets the head of a request and runs on the server's one thread.
  public init(_ handler: @escaping @Sendable (_ request: String) -> Reply) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    port = try LoopbackPort.bind(listener)
    guard listen(listener, 64) == 0 else { throw SystemCallError("listen", "127.0.0.1") }
    let held = Lock<[Int32]>([])
    self.listener = listener
    self.held = held
    thread = try NativeThread(named: "raw-server") { Self.serve(listener, handler, held) }
  }

  /// Closes every connection and joins the thread.
  public func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    thread.join()
    close(listener)
    for connection in held.withLock({ $0 }) { close(connection) }
  }

  private static func serve(_ listener: Int32, _ handler: (String) -> Reply, _ held: Lock<[Int32]>) {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      switch handler(head(of: connection)) {
      case .silence:
        held.withLock { $0.append(connection) }
        continue
      case .write(let text): _ = send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL))
      case .reset:
        // A linger time of 0 makes close(2) send a reset.
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
      }
      close(connection)
    }
  }

  private static func head(of connection: Int32) -> String {
    var text = ""
    var bytes = [UInt8](repeating: 0, count: 65_536)
    while !text.contains("\r\n\r\n") {
      let count = recv(connection, &bytes, bytes.count, 0)
      guard count > 0 else { break }
      text += String(decoding: bytes[..<count], as: UTF8.self)
    }
    return text
  }
}
