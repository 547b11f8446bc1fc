import Glibc
import HostSystem

/// A port whose queue of connections is full and never taken from, so that the kernel answers no further one.
final class DeafListener: Sendable {
  let url: String
  private let sockets: [Int32]

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    var sockets = [listener]
    try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard bind(listener, address, size) == 0, listen(listener, 0) == 0, getsockname(listener, address, &size) == 0
        else { throw SystemCallError("listen", "127.0.0.1") }
        // listen(2) rounds the queue's length up a little.
        for _ in 0..<4 {
          let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
          connect(client, address, size)
          sockets.append(client)
        }
      }
    }
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    self.sockets = sockets
  }

  func stop() { for socket in sockets { close(socket) } }
}
