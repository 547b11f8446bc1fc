import Glibc
import HostSystem

/// A bound and listening TCP socket, made here and not by libmicrohttpd so that a port in use is told by name.
struct ListeningSocket: ~Copyable {
  let descriptor: FileDescriptor
  let port: UInt16

  /// Listens on a numeric IPv4 or IPv6 address; port 0 takes a free one.
  init(address: String, port: UInt16) throws(HTTPServerError) {
    var hints = addrinfo()
    hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address, String(port), &hints, &found) == 0, let found else {
      throw HTTPServerError("cannot listen on \(address):\(port): not a numeric address, such as 127.0.0.1 or ::1")
    }
    defer { freeaddrinfo(found) }
    let descriptor = FileDescriptor(
      owning: socket(found.pointee.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
    var yes: Int32 = 1
    setsockopt(descriptor.number, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
    guard bind(descriptor.number, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0,
      listen(descriptor.number, 1_024) == 0
    else {
      throw Self.refusal(address, port, errno)
    }
    self.port = Self.boundPort(descriptor.number)
    self.descriptor = descriptor
  }

  private static func refusal(_ address: String, _ port: UInt16, _ code: Int32) -> HTTPServerError {
    let reason = String(cString: strerror(code))
    guard code == EADDRINUSE else { return HTTPServerError("cannot listen on \(address):\(port): \(reason)") }
    return HTTPServerError(
      "cannot listen on \(address):\(port): another program listens there; choose another port (0 takes a free one)",
      addressInUse: true)
  }

  private static func boundPort(_ number: Int32) -> UInt16 {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(number, $0, &length) }
      // The port stands at the same place in both families (netinet/in.h), in network order.
      return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { UInt16(bigEndian: $0.pointee.sin_port) }
    }
  }

  consuming func release() -> (number: Int32, port: UInt16) {
    let port = port
    return (descriptor.release(), port)
  }
}
