package import FoundationEssentials

/// How many executions a month has, as a user writes it.
package enum ExecutionVolume {
  private static let multiples: [Character: Int] = ["k": 1_000, "M": 1_000_000, "G": 1_000_000_000]
  /// Hours of each period; a month is 730 hours.
  private static let periods: [(name: String, perMonth: Decimal)] = [
    ("month", 1), ("day", Decimal(730) / 24), ("hour", 730), ("h", 730), ("s", 730 * 3_600),
  ]

  /// The same in whole executions, at least one.
  package static func whole(_ text: String) throws(PricingError) -> Int {
    max(1, Int("\(try perMonth(text).roundedUp)") ?? 1)
  }

  /// Executions a month of a text such as `10000/month`, `5M/month`, `200/day`, `1.5/s` or `10000`.
  package static func perMonth(_ text: String) throws(PricingError) -> Decimal {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let period = parts.count == 2 ? periods.first { $0.name == parts[1] } : periods.first
    var digits = parts.first ?? ""
    let multiple = digits.last.flatMap { multiples[$0] } ?? 1
    if multiple > 1 { digits.removeLast() }
    guard let period, let number = DecimalText.number(digits) else {
      throw PricingError(
        "'\(text)' is no volume", hint: "for example 10000/month, 5M/month, 200/day, 40/hour or 1.5/s")
    }
    let volume = number * Decimal(multiple) * period.perMonth
    guard volume > 0, volume <= Decimal(1_000_000_000_000) else {
      throw PricingError(
        "a volume of \(text) has no cost per execution", hint: "give one above 0 and up to a trillion a month")
    }
    return volume
  }
}
