import CLinux
import Glibc

/// An instant of CLOCK_MONOTONIC in integer nanoseconds; comparable only within one boot of one machine.
public struct MonotonicInstant: Sendable, Comparable, Hashable {
  /// Nanoseconds since an arbitrary origin (on Linux, boot).
  public var nanoseconds: Int64

  /// Wraps a reading of CLOCK_MONOTONIC.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The present instant, from the vDSO and without a system call.
  public static var now: Self {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Self(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  /// The instant this many nanoseconds later.
  public static func + (instant: Self, nanoseconds: Int64) -> Self {
    Self(nanoseconds: instant.nanoseconds + nanoseconds)
  }

  /// Nanoseconds from the second instant to the first.
  public static func - (later: Self, earlier: Self) -> Int64 {
    later.nanoseconds - earlier.nanoseconds
  }

  /// Whether the first instant comes before the second.
  public static func < (left: Self, right: Self) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}

/// CLOCK_REALTIME, for instants that other machines and other processes read.
public enum WallClock {
  /// Microseconds since 1970-01-01 UTC.
  public static var microseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
  }

  /// Milliseconds since 1970-01-01 UTC.
  public static var milliseconds: Int64 { microseconds / 1_000 }
}
