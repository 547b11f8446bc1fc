import Glibc
import HostSystem

/// A TCP server on a free loopback port that answers one connection after the other with raw bytes, for answers
/// that no HTTP library would give.
final class RawServer: Sendable {
  enum Behaviour: Sendable {
    /// Reads a request, writes these bytes, closes.
    case write(String)
    /// Reads a request and resets the connection.
    case reset
    /// Accepts and never answers.
    case silent
  }

  let port: UInt16
  private let listener: Int32
  private let thread: NativeThread
  private let held: Lock<[Int32]>

  init(_ behaviour: Behaviour) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0
      }
    }
    guard bound else { throw SystemCallError("listen") }
    let held = Lock<[Int32]>([])
    self.listener = listener
    self.held = held
    port = UInt16(bigEndian: address.sin_port)
    thread = try NativeThread(named: "raw-server") { Self.serve(listener, behaviour, held) }
  }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    thread.join()
    close(listener)
    for connection in held.withLock({ $0 }) { close(connection) }
  }

  private static func serve(_ listener: Int32, _ behaviour: Behaviour, _ held: Lock<[Int32]>) {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      if case .silent = behaviour {
        held.withLock { $0.append(connection) }
        continue
      }
      var bytes = [UInt8](repeating: 0, count: 65_536)
      _ = recv(connection, &bytes, bytes.count, 0)
      switch behaviour {
      case .silent: break
      case .write(let text): _ = send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL))
      case .reset:
        // A linger time of 0 makes close(2) send a reset.
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
      }
      close(connection)
    }
  }
}
