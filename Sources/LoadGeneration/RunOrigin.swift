public import HostSystem

/// The instant that every `t*` of a run counts from, on both of this machine's clocks.
public struct RunOrigin: Sendable, Hashable {
  /// On CLOCK_MONOTONIC.
  public let monotonic: MonotonicInstant
  /// Milliseconds since 1970, exactly: the instant is chosen to fall on a whole one.
  public let milliseconds: Int64

  /// The last whole millisecond of the wall clock.
  public static func now() -> Self {
    let anchor = ClockAnchor.now()
    let milliseconds = anchor.wallMicroseconds / 1_000
    let past = (anchor.wallMicroseconds - milliseconds * 1_000) * 1_000
    return Self(monotonic: anchor.monotonic + -past, milliseconds: milliseconds)
  }

  /// The wall clock minus what the monotonic clock makes of it, in microseconds: how far a step or a slew of the
  /// wall clock has moved it since the origin.
  func drift(at anchor: ClockAnchor) -> Int64 {
    anchor.wallMicroseconds - milliseconds * 1_000 - (anchor.monotonic - monotonic) / 1_000
  }
}

/// One instant read on both clocks.
struct ClockAnchor: Sendable {
  let monotonic: MonotonicInstant
  let wallMicroseconds: Int64
  /// The two readings are at most this far apart, in nanoseconds.
  let uncertainty: Int64

  /// The closest of several readings of the wall clock between two of the monotonic one.
  static func now() -> Self {
    let readings = (0..<8).map { _ in
      let before = MonotonicInstant.now
      let wall = WallClock.microseconds
      let after = MonotonicInstant.now
      return Self(
        monotonic: before + (after - before) / 2, wallMicroseconds: wall, uncertainty: (after - before) / 2)
    }
    return readings.min { $0.uncertainty < $1.uncertainty } ?? readings[0]
  }
}
