import Glibc
import HostSystem

/// Asks again and again, without a pause that could be too short, until something is so.
///
/// - Returns: false where it is not so when the time has passed.
public func eventually(within milliseconds: Int64 = 30_000, _ isSo: () throws -> Bool) rethrows -> Bool {
  let deadline = MonotonicInstant.now + milliseconds * 1_000_000
  while MonotonicInstant.now < deadline {
    if try isSo() { return true }
    usleep(1_000)
  }
  return try isSo()
}
