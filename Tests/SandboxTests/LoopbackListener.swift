import Glibc
import HostSystem

/// A socket that listens on a free port of the host's loopback.
struct LoopbackListener: ~Copyable {
  private let socket: FileDescriptor
  let port: UInt16

  init() throws {
    socket = FileDescriptor(owning: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    var address = Self.address(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let number = socket.number
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, length) == 0 && listen(number, 4) == 0 && getsockname(number, $0, &length) == 0
      }
    }
    guard isBound else { throw SystemCallError("bind") }
    port = UInt16(bigEndian: address.sin_port)
  }

  /// Proves that the listener is there, by connecting from the host.
  borrowing func acceptsOwnConnection() throws -> Bool {
    let client = FileDescriptor(owning: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    var address = Self.address(port: port)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(client.number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}
