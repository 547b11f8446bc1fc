import Glibc
import HostSystem
import StackControl

/// Ctrl-C, termination and hang-up as events: counted, so that the second one can mean more than the first.
///
/// Signals are noted from the start; what they do is said later, and is done then for those that came before.
struct SignalWatch: ~Copyable {
  /// What ends a command.
  static let ending = [SIGINT, SIGTERM, SIGHUP]

  private let box: SignalBox

  /// Takes the signals over; call it on the main thread before any other thread starts.
  init(_ signals: [Int32] = ending) throws(SystemCallError) {
    let box = SignalBox(descriptor: try SignalDescriptor(signals))
    _ = try NativeThread(named: "signals") {
      while let signal = box.descriptor.wait() { box.note(signal) }
    }
    self.box = box
  }

  /// Calls back for each signal, with how many have come, on a thread of its own.
  borrowing func start(_ received: @escaping @Sendable (Int) -> Void) throws(SystemCallError) {
    box.follow(received)
  }

  /// The last signal that came.
  var last: Int32? { box.last }

  /// Starts something that asks whether it is still wanted, and ends the command as the signal says where it is not.
  borrowing func during<Value>(_ start: (_ isCancelled: @escaping @Sendable () -> Bool) throws -> Value) throws -> Value
  {
    do {
      return try start { [box] in box.last != nil }
    } catch let error as StackError where error.kind == .cancelled {
      Console.error("rce-bench: \(error)")
      throw BenchExit.code(after: last)
    }
  }

  /// Does something that asks whether another signal has come since it began.
  borrowing func untilTheNext(_ body: (_ isCancelled: @escaping @Sendable () -> Bool) throws -> Void) rethrows {
    let before = box.count
    try body { [box] in box.count > before }
  }
}

private final class SignalBox: Sendable {
  private struct State: Sendable {
    var seen: [Int32] = []
    var received: (@Sendable (Int) -> Void)?
  }

  let descriptor: SignalDescriptor
  private let state = Lock(State())

  init(descriptor: consuming SignalDescriptor) {
    self.descriptor = descriptor
  }

  var last: Int32? { state.withLock { $0.seen.last } }

  var count: Int { state.withLock { $0.seen.count } }

  func note(_ signal: Int32) {
    let (count, received) = state.withLock { state in
      state.seen.append(signal)
      return (state.seen.count, state.received)
    }
    received?(count)
  }

  func follow(_ received: @escaping @Sendable (Int) -> Void) {
    let earlier = state.withLock { state in
      state.received = received
      return state.seen.count
    }
    for count in 0..<earlier { received(count + 1) }
  }
}
