import CLinux
import Glibc

/// Signals of this process as something to read (signalfd(2)).
///
/// Create it on the main thread before any other thread starts: a signal mask is inherited, and a thread that does
/// not block a signal would receive it in the old way.
public struct SignalDescriptor: ~Copyable, Sendable {
  private let descriptor: FileDescriptor

  /// The descriptor to poll for reading.
  public var number: Int32 { descriptor.number }

  /// Blocks these signals in the calling thread and makes them readable instead.
  public init(_ signals: [Int32]) throws(SystemCallError) {
    var mask = sigset_t()
    sigemptyset(&mask)
    for signal in signals { sigaddset(&mask, signal) }
    guard pthread_sigmask(SIG_BLOCK, &mask, nil) == 0 else { throw SystemCallError("pthread_sigmask") }
    let number = signalfd(-1, &mask, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK))
    guard number >= 0 else { throw SystemCallError("signalfd") }
    descriptor = FileDescriptor(owning: number)
  }

  /// The next pending signal, or nil when there is none.
  public borrowing func next() -> Int32? {
    var information = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    return Glibc.read(descriptor.number, &information, size) == size ? Int32(information.ssi_signo) : nil
  }

  /// Waits for the next signal, or until the deadline passes.
  public borrowing func wait(milliseconds: Int32 = -1) -> Int32? {
    var entry = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
    while poll(&entry, 1, milliseconds) < 0 && errno == EINTR {}
    return next()
  }
}
