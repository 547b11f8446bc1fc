import Glibc
import HostSystem

/// A platform of known behaviour on a free loopback port: one thread around poll(2).
///
/// Hand-written on sockets, and not on libmicrohttpd like every other server here, for two reasons: it does what no HTTP
/// library does (an answer cut short, a reset), and its instants are those of the system calls themselves.
final class PlatformServer: Sendable {
  private let stopSignal: StopSignal
  private let log: Lock<PlatformLog?>
  private let thread: NativeThread
  /// The port that it listens on.
  let port: UInt16

  private final class StopSignal: Sendable {
    let event: EventDescriptor
    init() throws(SystemCallError) { event = try EventDescriptor() }
  }

  /// Starts to listen.
  init(_ behaviour: PlatformBehaviour) throws(SystemCallError) {
    let listener = try Self.listen()
    port = Self.port(of: listener.number)
    let (stopSignal, log) = (try StopSignal(), Lock<PlatformLog?>(nil))
    (self.stopSignal, self.log) = (stopSignal, log)
    // A descriptor that is owned cannot be captured; its number can, and the thread owns it from then on.
    let number = listener.release()
    thread = try NativeThread(named: "platform") {
      let listener = FileDescriptor(owning: number)
      // As the generator's threads: what is measured is them, and not the wait of this one.
      NativeThread.preferCurrentThread()
      guard var loop = try? PlatformLoop(behaviour, listener: listener, stop: stopSignal.event.number) else { return }
      loop.run()
      let seen = loop.platform.log
      log.withLock { $0 = seen }
    }
  }

  /// The base URL.
  var url: String { "http://127.0.0.1:\(port)" }

  /// Closes every connection and says what was seen.
  func stop() -> PlatformLog {
    stopSignal.event.raise()
    thread.join()
    return log.withLock { $0 } ?? PlatformLog()
  }

  private static func listen() throws(SystemCallError) -> FileDescriptor {
    let listener = FileDescriptor(
      owning: socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener.number, $0, size) == 0 }
    }
    guard isBound, Glibc.listen(listener.number, 4_096) == 0 else { throw SystemCallError("listen", "127.0.0.1") }
    return listener
  }

  private static func port(of listener: Int32) -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) }
    }
    return UInt16(bigEndian: address.sin_port)
  }
}
