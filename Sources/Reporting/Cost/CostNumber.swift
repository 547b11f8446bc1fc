import Foundation
import Statistics

/// Decimals as people and tools read them.
enum CostNumber {
  /// A quantity: all digits of a whole number, otherwise three significant ones.
  static func quantity(_ value: Decimal) -> String {
    let number = NSDecimalNumber(decimal: value).doubleValue
    return abs(number) < 1e15 && number == number.rounded()
      ? QuantityText.grouped(Int(number)) : QuantityText.number(number)
  }

  /// A decimal without the noise of divisions that do not end: twenty decimals at most.
  static func exact(_ value: Decimal) -> Decimal {
    var (value, result) = (value, Decimal())
    NSDecimalRound(&result, &value, 20, .plain)
    return result
  }

  static func double(_ value: Decimal) -> Double { NSDecimalNumber(decimal: value).doubleValue }

  /// A share as percent.
  static func percent(_ share: Decimal) -> String { QuantityText.percent(double(share)) }
}
