import Glibc
import HostSystem

/// Sockets of the host that a program of a sandbox would reach if it had the host's network.
final class HostListeners: Sendable {
  /// The port of a listener on the host's loopback.
  let port: UInt16
  /// The name of a listener without a file, which lives in the network namespace.
  let abstractName: String
  private let sockets: [Int32]

  /// Listens, and proves by connecting that it can be reached from here.
  init() throws {
    abstractName = "rce-attack-\(getpid())"
    let loopback = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    let abstract = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    sockets = [loopback, abstract]
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    let text = Array(abstractName.utf8)
    withUnsafeMutableBytes(of: &name.sun_path) { $0[1...].copyBytes(from: text) }
    let nameSize = MemoryLayout<sa_family_t>.size + 1 + text.count
    guard Self.call(bind, loopback, &address), listen(loopback, 64) == 0,
      Self.call(bind, abstract, &name, size: nameSize), listen(abstract, 64) == 0
    else { throw SystemCallError("bind") }
    port = try Self.port(of: loopback)
    address.sin_port = port.bigEndian
    try Self.prove(AF_INET, &address)
    try Self.prove(AF_UNIX, &name, size: nameSize)
  }

  deinit {
    for socket in sockets { close(socket) }
  }

  private static func prove<Address>(_ family: Int32, _ address: inout Address, size: Int? = nil) throws {
    let client = FileDescriptor(owning: socket(family, Int32(SOCK_STREAM.rawValue), 0))
    guard call(connect, client.number, &address, size: size) else { throw SystemCallError("connect") }
  }

  private static func call<Address>(
    _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ socket: Int32, _ address: inout Address,
    size: Int? = nil
  ) -> Bool {
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        function(socket, $0, socklen_t(size ?? MemoryLayout<Address>.size)) == 0
      }
    }
  }

  private static func port(of socket: Int32) throws -> UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
    }
    guard code == 0 else { throw SystemCallError("getsockname") }
    return UInt16(bigEndian: address.sin_port)
  }
}
