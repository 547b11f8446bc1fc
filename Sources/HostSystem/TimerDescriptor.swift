import CLinux
import Glibc

/// A timer that becomes readable at an absolute instant (timerfd_create(2), CLOCK_MONOTONIC).
public struct TimerDescriptor: ~Copyable, Sendable {
  private let descriptor: FileDescriptor

  /// The descriptor to poll for reading.
  public var number: Int32 { descriptor.number }

  /// A timer that is not armed.
  public init() throws(SystemCallError) {
    let number = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_CLOEXEC) | Int32(TFD_NONBLOCK))
    guard number >= 0 else { throw SystemCallError("timerfd_create") }
    descriptor = FileDescriptor(owning: number)
  }

  /// Arms the timer for an instant, or disarms it for nil; an instant that has passed fires at once.
  public borrowing func arm(at instant: MonotonicInstant?) {
    var setting = itimerspec()
    if let instant {
      // A zero value would disarm.
      let nanoseconds = max(instant.nanoseconds, 1)
      setting.it_value = timespec(
        tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
    timerfd_settime(descriptor.number, Int32(TFD_TIMER_ABSTIME), &setting, nil)
  }

  /// Takes the expirations off, so that the descriptor is not readable until the next one.
  public borrowing func clear() {
    var count: UInt64 = 0
    _ = Glibc.read(descriptor.number, &count, 8)
  }
}
