/// Instants as platforms write them, to the microsecond, which Foundation's parser rounds away.
package enum ISO8601 {
  /// Microseconds since 1970; nil for what is no such instant.
  ///
  /// It is written as `2026-11-27T09:30:00.125Z`, `2026-11-27 09:30:00+01:00` and the like; without a zone it is UTC.
  package static func microseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[4] == 45, bytes[7] == 45, bytes[10] == 84 || bytes[10] == 32, bytes[13] == 58,
      bytes[16] == 58, let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8..<10]),
      let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    var rest = bytes[19...]
    guard let fraction = fraction(&rest), let offset = offset(rest) else { return nil }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
    return seconds * 1_000_000 + fraction
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    digits.reduce(Int64?(0)) { value, digit in
      guard let value, (48...57).contains(digit) else { return nil }
      return value * 10 + Int64(digit - 48)
    }
  }

  private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    guard rest.first == 46 || rest.first == 44 else { return 0 }
    let digits = rest.dropFirst().prefix { (48...57).contains($0) }
    rest = rest[digits.endIndex...]
    return digits.isEmpty
      ? nil : number(Array(digits.prefix(6)) + Array(repeating: 48, count: max(6 - digits.count, 0)))
  }

  private static func number(_ digits: [UInt8]) -> Int64? { number(digits[...]) }

  /// Seconds that a zone is ahead of UTC.
  private static func offset(_ zone: ArraySlice<UInt8>) -> Int64? {
    if zone.isEmpty || zone.elementsEqual([90]) || zone.elementsEqual(" UTC".utf8) { return 0 }
    guard let sign = zone.first, sign == 43 || sign == 45 else { return nil }
    let digits = zone.dropFirst().filter { $0 != 58 }
    guard digits.count == 2 || digits.count == 4, let hours = number(digits.prefix(2)),
      let minutes = number(digits.dropFirst(2))
    else { return nil }
    return (hours * 3_600 + minutes * 60) * (sign == 45 ? -1 : 1)
  }

  /// Days since 1970 of a date of the Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}
