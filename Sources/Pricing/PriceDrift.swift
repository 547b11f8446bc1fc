import FoundationEssentials

/// How the pinned prices compare with an offer of AWS's Price List.
package struct PriceDrift: Sendable {
  /// How one line compares.
  package enum Finding: Sendable, Equatable {
    /// The same prices and tiers.
    case same
    /// Other prices or tiers: those of the file.
    case drifted([PriceLine.Tier])
    /// No product of the file is this line.
    case absent
    /// Products of the file with different prices could be this line; nothing is taken.
    case ambiguous(Int)
    /// The book does not say which product of the Price List it is.
    case unknown
  }

  package let file: PriceListFile
  package let book: PriceBook
  /// The book's lines of this offer.
  package let findings: [(line: PriceLine, finding: Finding)]
  /// Products of other regions, which were left out.
  package let otherRegions: Int

  /// Compares; throws where the file has nothing to compare with.
  package init(_ file: PriceListFile, with book: PriceBook = .usEast1) throws(PricingError) {
    let lines = book.lines.filter { $0.service == file.offer }
    guard !lines.isEmpty else {
      throw .unknown(
        "offer", file.offer, among: Array(Set(book.lines.map(\.service))).sorted(), hint: "the price book has lines of")
    }
    // An answer may hold more than was asked for: a region is what each product says of itself.
    let products = file.products.filter { ($0.attributes["regionCode"] ?? book.region) == book.region }
    guard !products.isEmpty else {
      throw PricingError(
        "the file has no on-demand price of \(book.region)", hint: "take the index.json of that region")
    }
    self.file = file
    self.book = book
    otherRegions = file.products.count - products.count
    findings = lines.map { ($0, Self.finding($0, among: products)) }
  }

  /// Whether a price differs.
  package var hasDrifted: Bool {
    findings.contains { if case .drifted = $0.finding { true } else { false } }
  }

  private static func finding(_ line: PriceLine, among products: [PriceListFile.Product]) -> Finding {
    guard !line.match.isEmpty else { return .unknown }
    let found = products.filter { product in
      line.match.allSatisfy { name, wanted in
        guard let value = product.attributes[name] else { return false }
        return name == "usagetype" ? unprefixed(value) == unprefixed(wanted) : value == wanted
      }
    }
    let prices = Set(found.map { paid($0.tiers, line) })
    guard let tiers = prices.first else { return .absent }
    guard prices.count == 1 else { return .ambiguous(found.count) }
    return tiers == line.tiers ? .same : .drifted(tiers)
  }

  /// A usage type without the region that some services put before it, as in `USE1-ApiGatewayRequest`.
  private static func unprefixed(_ usage: String) -> String {
    guard let dash = usage.firstIndex(of: "-"), usage[..<dash].count == 4, usage.hasPrefix("USE") else { return usage }
    return String(usage[usage.index(after: dash)...])
  }

  /// The tiers that are paid for: a free allowance stands in some offers as a first tier at no price.
  private static func paid(_ tiers: [PriceLine.Tier], _ line: PriceLine) -> [PriceLine.Tier] {
    tiers.count > 1 && tiers[0].price == 0 && line.price > 0 ? Array(tiers.dropFirst()) : tiers
  }
}
