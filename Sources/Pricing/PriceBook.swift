public import FoundationEssentials

/// The processor architecture that a function is configured with; it decides the price of a GB-second.
public enum Architecture: String, Codable, Sendable, Hashable, CaseIterable {
  case x86
  case arm
}

/// The list prices of one region, on demand, with tiers and free allowances, and the quotas that bound a load.
public struct PriceBook: Sendable, Hashable {
  /// The region's name.
  public let region: String
  /// The currency of all prices.
  package let currency: String
  /// Year, month and day of the latest reading.
  package let retrieved: String
  /// The lines, one an item.
  public let lines: [PriceLine]
  /// What AWS allows by default.
  package let quotas: [Quota]
  private let places: [PriceLine.Item: Int]

  init(region: String, currency: String, retrieved: String, lines: [PriceLine], quotas: [Quota]) {
    self.region = region
    self.currency = currency
    self.retrieved = retrieved
    self.lines = lines
    self.quotas = quotas
    places = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1.item, $0) })
  }

  /// The line of an item.
  public func line(_ item: PriceLine.Item) -> PriceLine {
    guard let place = places[item] else {
      preconditionFailure("the price book of \(region) has no line for \(item.rawValue)")
    }
    return lines[place]
  }

  /// US dollars for one unit of an item, first tier.
  public func price(_ item: PriceLine.Item) -> Decimal { line(item).price }

  /// Virginia, as read in September 2026.
  public static let usEast1 = PriceBook(pinned: PackageResources.us_east_1_json)

  /// The regions that there are prices of.
  package static let all = [usEast1]

  /// The prices of a region.
  package static func named(_ region: String) throws(PricingError) -> PriceBook {
    guard let book = all.first(where: { $0.region == region }) else {
      throw .unknown("region", region, among: all.map(\.region), hint: "prices are pinned for")
    }
    return book
  }

  /// A line by its name; throws what names are near.
  package func line(named name: String) throws(PricingError) -> PriceLine {
    guard let line = lines.first(where: { $0.item.rawValue == name }) else {
      throw .unknown("price line", name, among: lines.map(\.item.rawValue), hint: "`rce-bench prices` lists them, as")
    }
    return line
  }
}

/// A limit of AWS that shapes a load, as an account has it unless it asked for more.
package struct Quota: Sendable, Hashable, Codable {
  /// Its name for tools, for example `lambda.concurrency`.
  package let id: String
  /// What is limited.
  package let title: String
  /// The limit.
  package let value: Decimal
  /// What the limit counts.
  package let unit: String
  /// What else has to be known; nil where there is nothing.
  package let note: String?
  /// Where it was read.
  package let source: String
}
