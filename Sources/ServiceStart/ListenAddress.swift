public import ArgumentParser

/// A numeric address and a port, for example `127.0.0.1:8080` or `[::1]:0`; a port alone is on loopback.
public struct ListenAddress: ExpressibleByArgument, CustomStringConvertible, Sendable {
  /// The address, without brackets.
  public let host: String
  /// The port; 0 takes a free one.
  public let port: UInt16

  /// An address.
  public init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads an option's value.
  public init?(argument: String) {
    let parts = argument.lastIndex(of: ":").map { (argument[..<$0], argument[argument.index(after: $0)...]) }
    guard let port = UInt16(parts?.1 ?? argument[...]) else { return nil }
    var host = parts?.0 ?? "127.0.0.1"
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { return nil }
    self.init(host: String(host), port: port)
  }

  /// As it is written in a URL.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  /// As help texts show it.
  public var defaultValueDescription: String { description }
}
