package import FoundationEssentials

/// An offer of AWS's Price List in its bulk format (`offers/v1.0/aws/<offer>/current/<region>/index.json`).
package struct PriceListFile: Sendable {
  /// A product with its on-demand price.
  package struct Product: Sendable {
    package var attributes: [String: String]
    /// US dollars by quantity, the first tier first.
    package var tiers: [PriceLine.Tier]
  }

  /// The on-demand term; others are reservations.
  static let onDemand = "JRTCKXETXF"

  /// The offer, for example `AWSLambda`.
  package let offer: String
  /// When it was published; empty where the file does not say.
  package let published: String
  package let products: [Product]

  /// Reads a file; throws what it is not.
  package init(_ bytes: Data, name: String) throws(PricingError) {
    let file: Bulk
    do { file = try JSONDecoder().decode(Bulk.self, from: bytes) } catch {
      throw PricingError(
        "\(name) is no Price List file in the bulk format", hint: "offerCode, products and terms.OnDemand are expected")
    }
    offer = file.offerCode
    published = file.publicationDate ?? ""
    products = file.products.compactMap { sku, product in
      let terms = file.terms["OnDemand"]?[sku] ?? [:]
      // A term is named by its product, its kind, and, in older files, by nothing else.
      guard let term = terms.first(where: { $0.key == "\(sku).\(Self.onDemand)" })?.value else { return nil }
      let tiers = term.tiers
      return tiers.isEmpty ? nil : Product(attributes: product.attributes, tiers: tiers)
    }
  }

  private struct Bulk: Decodable {
    struct Product: Decodable {
      var attributes: [String: String]
    }
    struct Dimension: Decodable {
      var beginRange: String?
      var endRange: String?
      var pricePerUnit: [String: String]
    }
    struct Term: Decodable {
      var priceDimensions: [String: Dimension]

      var tiers: [PriceLine.Tier] {
        priceDimensions.values.compactMap { dimension -> (Decimal, PriceLine.Tier)? in
          guard let price = dimension.pricePerUnit["USD"].flatMap({ Decimal(string: $0) }) else { return nil }
          let upTo = dimension.endRange.flatMap(DecimalText.number)
          return (dimension.beginRange.flatMap(DecimalText.number) ?? 0, PriceLine.Tier(upTo: upTo, price: price))
        }.sorted { $0.0 < $1.0 }.map(\.1)
      }
    }
    var offerCode: String
    var publicationDate: String?
    var products: [String: Product]
    var terms: [String: [String: [String: Term]]]
  }
}
