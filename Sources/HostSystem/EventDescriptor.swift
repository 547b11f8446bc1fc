import CLinux
import Glibc

/// A flag that another thread raises and a poll sees (eventfd(2)).
public struct EventDescriptor: ~Copyable, Sendable {
  private let descriptor: FileDescriptor

  /// The descriptor to poll for reading.
  public var number: Int32 { descriptor.number }

  /// A flag that is down.
  public init() throws(SystemCallError) {
    let number = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    guard number >= 0 else { throw SystemCallError("eventfd") }
    descriptor = FileDescriptor(owning: number)
  }

  /// Raises the flag; safe from any thread and from a signal handler.
  public borrowing func raise() {
    var one: UInt64 = 1
    _ = Glibc.write(descriptor.number, &one, 8)
  }

  /// Lowers the flag.
  public borrowing func clear() {
    var count: UInt64 = 0
    _ = Glibc.read(descriptor.number, &count, 8)
  }
}
