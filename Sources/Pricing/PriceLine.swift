public import FoundationEssentials

/// One list price of a region, with where and when it was read.
public struct PriceLine: Sendable, Hashable {
  /// A price that holds for a part of a month's quantity.
  package struct Tier: Sendable, Hashable {
    /// The quantity of a month up to which it holds; nil for the last.
    package let upTo: Decimal?
    /// US dollars for one unit.
    package let price: Decimal

    package init(upTo: Decimal?, price: Decimal) {
      self.upTo = upTo
      self.price = price
    }
  }

  /// What of a month's quantity costs nothing, and to whom.
  package struct Allowance: Sendable, Hashable {
    /// Units a month for everybody, for good.
    package var always = Decimal(0)
    /// Units a month in the first twelve months of an account opened before 2025-07-15.
    package var legacy = Decimal(0)
    /// Lines of the same pool share one allowance.
    package var pool: String

    /// Units a month that a free tier gives.
    package func units(_ tier: FreeTier) -> Decimal {
      switch tier {
      case .none: 0
      case .always: always
      case .legacy: max(always, legacy)
      }
    }
  }

  /// What is paid for.
  public let item: Item
  /// The service as AWS's price lists name its offer, for example `AWSLambda`.
  public let service: String
  /// The item for people, for example "Lambda compute, x86".
  public let title: String
  /// What is counted, for example "GB-second".
  public let unit: String
  /// How many units the price is usually quoted for, for example a million requests.
  public let per: Int
  package let tiers: [Tier]
  package let free: Allowance
  /// Attributes of the product in AWS's price lists; empty where they are not known.
  package let match: [String: String]
  /// What else has to be known; nil where there is nothing.
  public let note: String?
  /// Year, month and day on which the price was read.
  public let date: String
  /// The document that it was read from.
  public let source: String

  /// US dollars for one unit of the first tier.
  public var price: Decimal { tiers.first?.price ?? 0 }

  /// US dollars for a month's quantity by tiers, before any free tier; a tier's price is for the units in it alone.
  package func cost(of quantity: Decimal) -> Decimal {
    var (sum, from) = (Decimal(0), Decimal(0))
    for tier in tiers where quantity > from {
      let upTo = min(tier.upTo ?? quantity, quantity)
      sum += (upTo - from) * tier.price
      from = upTo
    }
    return sum
  }

  /// US dollars for a month in which nothing else draws on the free tier; what is free is taken off before the tiers.
  package func cost(of quantity: Decimal, free tier: FreeTier) -> Decimal {
    cost(of: max(0, quantity - free.units(tier)))
  }
}

/// Which of AWS's free allowances are taken off.
package enum FreeTier: String, Sendable, Hashable, CaseIterable, Codable {
  /// None: the list price.
  case none
  /// Those that every account has for good.
  case always
  /// Those too that accounts opened before 2025-07-15 have in their first twelve months.
  case legacy
}
