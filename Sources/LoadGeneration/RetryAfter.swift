import Curl
import HostSystem

/// The header `Retry-After` (RFC 9110, section 10.2.3).
package enum RetryAfter {
  /// Seconds to wait; nil for what is neither a number of seconds nor a date.
  ///
  /// - Parameter now: seconds since 1970, which a date is compared with.
  package static func seconds(_ text: String, now: Int64 = WallClock.milliseconds / 1_000) -> Int? {
    let text = text.drop { $0 == " " || $0 == "\t" }
    if let first = text.first, first.isASCII, first.isNumber {
      guard text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
      // A number that is too large to read is still one.
      return Int(text) ?? Int.max
    }
    return HTTPDate.seconds(String(text)).map { Int(max($0 - now, 0)) }
  }
}
