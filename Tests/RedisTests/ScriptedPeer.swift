import Glibc
import HostSystem
import Redis
import TestServices

/// A listener that answers its first caller with fixed bytes, whatever was asked.
final class ScriptedPeer: Sendable {
  let address: RedisAddress
  private let directory: TemporaryDirectory
  private let socket: Int32
  private let thread: NativeThread

  init(answering answer: String) throws {
    directory = try TemporaryDirectory(named: "rce-peer")
    let path = "\(directory.path)/peer.sock"
    address = .unix(path: path)
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0, listen(socket, 1) == 0 else { throw SystemCallError("listen", path) }
    self.socket = socket
    thread = try NativeThread(named: "peer") {
      let caller = accept(socket, nil, nil)
      guard caller >= 0 else { return }
      var received = [UInt8](repeating: 0, count: 4_096)
      _ = read(caller, &received, received.count)
      _ = answer.withCString { write(caller, $0, strlen($0)) }
      close(caller)
    }
  }

  deinit {
    shutdown(socket, Int32(SHUT_RDWR))
    thread.join()
    close(socket)
  }
}
