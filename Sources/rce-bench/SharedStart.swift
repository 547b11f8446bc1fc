import Glibc
import HostSystem
import LoadGeneration

/// The instant at which a run is to begin, so that several generators can begin together.
struct SharedStart {
  /// Microseconds since 1970.
  let microseconds: Int64

  /// Reads an instant of ISO 8601, or whole seconds since 1970.
  init?(_ text: String) {
    let seconds = Int64(text).flatMap { (0...Self.lastSecond).contains($0) ? $0 * 1_000_000 : nil }
    guard let instant = seconds ?? ISO8601.microseconds(text) else { return nil }
    microseconds = instant
  }

  /// The end of the year 9999.
  private static let lastSecond: Int64 = 253_402_300_799

  /// Waits for the instant, looking ten times a second whether it is still wanted; false where it is not.
  func wait(unless isCancelled: () -> Bool) -> Bool {
    while !isCancelled() {
      let left = microseconds - WallClock.microseconds
      guard left > 0 else { return true }
      usleep(UInt32(min(left, 100_000)))
    }
    return false
  }
}
