import Glibc

/// Ports of 127.0.0.1 that nobody listens on.
public enum LoopbackPort {
  /// A port that was free a moment ago; the kernel does not hand it out again soon.
  public static func free() throws(ServiceError) -> Int {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { throw ServiceError("cannot make a socket: \(String(cString: strerror(errno)))") }
    defer { close(socket) }
    return Int(try bind(socket))
  }

  /// Binds a socket to a free port and gives its number.
  public static func bind(_ socket: Int32) throws(ServiceError) -> UInt16 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        Glibc.bind(socket, generic, length) == 0 ? getsockname(socket, generic, &length) : -1
      }
    }
    guard result == 0 else { throw ServiceError("cannot bind a port: \(String(cString: strerror(errno)))") }
    return UInt16(bigEndian: address.sin_port)
  }
}
