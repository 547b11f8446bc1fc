import Glibc

/// The addresses of this machine's interfaces.
enum LocalAddresses {
  /// Whether a host name or address means this machine.
  static func include(_ host: String) -> Bool {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &found) == 0, let first = found else { return false }
    defer { freeaddrinfo(first) }
    let own = addresses
    for entry in sequence(first: first, next: { $0.pointee.ai_next }) {
      guard let address = entry.pointee.ai_addr, let bytes = bytes(of: address) else { continue }
      // 127.0.0.0/8 is loopback as a whole, though only 127.0.0.1 is listed.
      if own.contains(bytes) || (bytes.count == 4 && bytes[0] == 127) { return true }
    }
    return false
  }

  private static var addresses: Set<[UInt8]> {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0, let first = list else { return [] }
    defer { freeifaddrs(first) }
    return Set(
      sequence(first: first, next: { $0.pointee.ifa_next }).compactMap { $0.pointee.ifa_addr.flatMap(bytes(of:)) })
  }

  private static func bytes(of address: UnsafeMutablePointer<sockaddr>) -> [UInt8]? {
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
        withUnsafeBytes(of: pointer.pointee.sin_addr) { Array($0) }
      }
    case AF_INET6:
      address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
        withUnsafeBytes(of: pointer.pointee.sin6_addr) { Array($0) }
      }
    default: nil
    }
  }
}
