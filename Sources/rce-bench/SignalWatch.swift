import HostSystem

/// Ctrl-C and termination as events: counted, so that the second one can mean more than the first.
struct SignalWatch: ~Copyable {
  private let box: SignalBox

  /// Takes the signals over; call it on the main thread before any other thread starts.
  init(_ signals: [Int32]) throws(SystemCallError) {
    box = SignalBox(descriptor: try SignalDescriptor(signals))
  }

  /// Calls back for each signal, with how many have come, on a thread of its own.
  borrowing func start(_ received: @escaping @Sendable (Int) -> Void) throws(SystemCallError) {
    let box = box
    _ = try NativeThread(named: "signals") {
      while let signal = box.descriptor.wait() {
        let count = box.seen.withLock { seen in
          seen.append(signal)
          return seen.count
        }
        received(count)
      }
    }
  }

  /// The last signal that came.
  var last: Int32? { box.seen.withLock { $0.last } }
}

private final class SignalBox: Sendable {
  let descriptor: SignalDescriptor
  let seen = Lock<[Int32]>([])

  init(descriptor: consuming SignalDescriptor) {
    self.descriptor = descriptor
  }
}
