import Glibc
import HostSystem

/// Ctrl-C and a caller's time-out end the measuring as a whole, and leave nothing behind.
///
/// What was started ends with this process; the folder is removed by hand.
enum Interruption {
  /// Starts to listen; to be called before any other thread is there.
  static func listen(removing bench: Bench) throws {
    let signals = SignalBox(try SignalDescriptor([SIGINT, SIGTERM]))
    _ = try NativeThread(named: "signals") {
      while true {
        guard let signal = signals.descriptor.wait() else { continue }
        bench.remove()
        exit(128 + signal)
      }
    }
  }
}

/// Carries a descriptor that cannot be copied into a closure.
private final class SignalBox: Sendable {
  let descriptor: SignalDescriptor

  init(_ descriptor: consuming SignalDescriptor) {
    self.descriptor = descriptor
  }
}
