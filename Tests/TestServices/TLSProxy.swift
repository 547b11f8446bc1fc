import Glibc
import HostSystem

/// A real server of TLS and HTTP/2 (nghttpx) on a free loopback port, in front of a plain HTTP server.
public final class TLSProxy: Sendable {
  /// The port that it listens on.
  public let port: Int
  private let process: OwnedProcess

  /// Starts and waits until it listens.
  ///
  /// - Parameters:
  ///   - backend: the loopback port of the plain server.
  ///   - protocols: what it offers by ALPN, in nghttpx's words.
  ///   - asksForClient: only clients with a certificate of the authority are served.
  public init(
    backend: Int, _ certificates: Certificates, protocols: String = "h2,http/1.1", asksForClient: Bool = false
  ) throws {
    port = try LoopbackPort.free()
    let program = try ProgramPath.find("nghttpx", package: "nghttp2-proxy")
    let verification = ["--verify-client", "--verify-client-cacert=\(certificates["ca.pem"])"]
    process = try OwnedProcess(
      ProcessRequest(
        program,
        [
          "--conf=/dev/null", "-f127.0.0.1,\(port)", "-b127.0.0.1,\(backend)",
          "--single-process", "--workers=1",
          "--no-ocsp", "--npn-list=\(protocols)", "--errorlog-file=\(certificates["proxy.log"])",
          "--accesslog-file=/dev/null",
        ] + (asksForClient ? verification : []) + [certificates["server.key"], certificates["server.pem"]],
        environment: ["LC_ALL=C.UTF-8"]))
    let port = port
    guard eventually(within: 20_000, { Self.isListening(port) }) else {
      throw ServiceError("nghttpx does not listen on port \(port); its log is \(certificates["proxy.log"])")
    }
  }

  /// Ends the server.
  public func stop() { process.end(by: SIGKILL) }

  private static func isListening(_ port: Int) -> Bool {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
