import ArgumentParser

/// A numeric address and a port, for example `127.0.0.1:9090` or `[::1]:0`; a port alone is on loopback.
struct ListenAddress: ExpressibleByArgument, CustomStringConvertible {
  let host: String
  let port: UInt16

  init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  init?(argument: String) {
    let parts = argument.lastIndex(of: ":").map { (argument[..<$0], argument[argument.index(after: $0)...]) }
    guard let port = UInt16(parts?.1 ?? argument[...]) else { return nil }
    var host = parts?.0 ?? "127.0.0.1"
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { return nil }
    self.init(host: String(host), port: port)
  }

  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
