public import Foundation

/// US dollars as people read them.
public enum MoneyText {
  /// Three significant digits, never in exponents, at least two decimals: `$0.00000572`, `$1.25`, `$113.06`.
  public static func dollars(_ amount: Decimal) -> String {
    if amount == 0 { return "$0.00" }
    var decimals = 2
    var scaled = abs(amount) * 100
    while scaled < 99.95, decimals < 15 {
      scaled *= 10
      decimals += 1
    }
    return "\(amount < 0 ? "-" : "")$\(fixed(abs(amount), decimals: max(2, decimals)))"
  }

  /// An amount with exactly this many decimals, rounded half away from zero.
  package static func fixed(_ amount: Decimal, decimals: Int) -> String {
    var (value, rounded) = (amount, Decimal())
    NSDecimalRound(&rounded, &value, decimals, .plain)
    let text = "\(rounded)"
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    return "\(parts[0]).\(fraction)\(String(repeating: "0", count: max(0, decimals - fraction.count)))"
  }
}
