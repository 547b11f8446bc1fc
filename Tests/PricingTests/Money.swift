import FoundationEssentials
import Pricing
import Testing

/// An amount as a test writes it.
func money(_ text: String, _ place: SourceLocation = #_sourceLocation) throws -> Decimal {
  try #require(Decimal(string: text), "'\(text)' is no amount", sourceLocation: place)
}

/// Whether an amount is the expected one to the digits that the expectation shows.
func expect(_ amount: Decimal, shows text: String, _ place: SourceLocation = #_sourceLocation) throws {
  let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
  let half = Decimal(sign: .plus, exponent: -decimals, significand: 1) / 2
  #expect(abs(amount - (try money(text, place))) <= half, "\(amount) is not \(text)", sourceLocation: place)
}

extension PriceLine.Item {
  /// US dollars for a month's quantity.
  func cost(of quantity: Decimal, free: FreeTier = .none) -> Decimal {
    PriceBook.usEast1.line(self).cost(of: quantity, free: free)
  }
}
