import FoundationEssentials
import Pricing
import Testing

/// The pinned prices against files in the format of AWS's Price List.
@Suite struct PriceListTests {
  /// A product as the bulk format writes it, with a reserved term beside the on-demand one.
  private func product(
    _ sku: String, _ attributes: [String: String], _ tiers: [(from: String, to: String, usd: String)]
  )
    -> (product: String, term: String)
  {
    let pairs = attributes.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ")
    let dimensions = tiers.enumerated().map { index, tier in
      """
      "\(sku).\(PriceListTests.term).\(index)": {"unit": "x", "beginRange": "\(tier.from)", "endRange": "\(tier.to)",
        "pricePerUnit": {"USD": "\(tier.usd)"}}
      """
    }
    let reserved = """
      "\(sku).38NPMPTW36": {"offerTermCode": "38NPMPTW36", "priceDimensions":
        {"\(sku).38NPMPTW36.1": {"beginRange": "0", "endRange": "Inf", "pricePerUnit": {"USD": "99"}}}}
      """
    return (
      "\"\(sku)\": {\"sku\": \"\(sku)\", \"attributes\": {\(pairs)}}",
      """
      "\(sku)": {"\(sku).\(PriceListTests.term)": {"offerTermCode": "\(PriceListTests.term)", "priceDimensions":
        {\(dimensions.joined(separator: ","))}}, \(reserved)}
      """
    )
  }

  private static let term = "JRTCKXETXF"

  private func file(_ offer: String, _ products: [(product: String, term: String)]) throws -> PriceListFile {
    let text = """
      {"formatVersion": "v1.0", "offerCode": "\(offer)", "publicationDate": "2026-10-01T00:00:00Z",
       "products": {\(products.map(\.product).joined(separator: ","))},
       "terms": {"OnDemand": {\(products.map(\.term).joined(separator: ","))}}}
      """
    return try PriceListFile(Data(text.utf8), name: "index.json")
  }

  private func finding(_ name: String, _ drift: PriceDrift) throws -> PriceDrift.Finding {
    try #require(drift.findings.first { $0.line.item.rawValue == name }).finding
  }

  private func lambda(_ usage: String, region: String = "us-east-1") -> [String: String] {
    ["usagetype": usage, "regionCode": region, "servicecode": "AWSLambda"]
  }

  @Test("the same prices are the same, other ones have drifted, and what is not there is absent")
  func drift() throws {
    let tiers = [
      ("0", "6000000000", "0.0000166667"), ("6000000000", "15000000000", "0.0000150000"),
      ("15000000000", "Inf", "0.0000133334"),
    ]
    let drift = try PriceDrift(
      try file(
        "AWSLambda",
        [
          product("A", lambda("Lambda-GB-Second"), tiers),
          product("B", lambda("Request"), [("0", "Inf", "0.00000025")]),
        ]))
    #expect(try finding("lambda.gb_second.x86", drift) == .same)
    let dearer = PriceLine.Tier(upTo: nil, price: try money("0.00000025"))
    #expect(try finding("lambda.request", drift) == .drifted([dearer]))
    #expect(try finding("lambda.gb_second.arm", drift) == .absent)
    #expect(try finding("lambda.durable.operation", drift) == .unknown)
    #expect(drift.hasDrifted)
  }

  @Test("prices of other regions are not compared")
  func regions() throws {
    let drift = try PriceDrift(
      try file(
        "AWSLambda",
        [
          product("A", lambda("Request"), [("0", "Inf", "0.0000002")]),
          product("B", lambda("USW2-Request", region: "us-west-2"), [("0", "Inf", "0.9")]),
        ]))
    #expect(try finding("lambda.request", drift) == .same)
    #expect(drift.otherRegions == 1)
    let elsewhere = try file("AWSLambda", [product("B", lambda("Request", region: "us-west-2"), [("0", "Inf", "0.9")])])
    #expect(throws: PricingError.self) { try PriceDrift(elsewhere) }
  }

  @Test("a moved tier is a drift, a first tier at no price is the free one, a prefix of the same region is none")
  func tiers() throws {
    let usage = ["usagetype": "USE1-ApiGatewayHttpRequest", "regionCode": "us-east-1"]
    let moved = try PriceDrift(
      try file(
        "AmazonApiGateway", [product("A", usage, [("0", "200000000", "0.000001"), ("200000000", "Inf", "0.0000009")])]))
    #expect(moved.hasDrifted)
    let same = try PriceDrift(
      try file(
        "AmazonApiGateway",
        [
          product(
            "A", usage,
            [("0", "1000000", "0"), ("1000000", "300000000", "0.0000010000"), ("300000000", "Inf", "0.0000009000")])
        ]))
    #expect(try finding("apigateway.http.request", same) == .same)
    #expect(!same.hasDrifted)
  }

  @Test("two products with different prices are no price")
  func ambiguous() throws {
    let drift = try PriceDrift(
      try file(
        "AWSLambda",
        [
          product("A", lambda("Request"), [("0", "Inf", "0.0000002")]),
          product("B", lambda("Request"), [("0", "Inf", "0.0000003")]),
        ]))
    #expect(try finding("lambda.request", drift) == .ambiguous(2))
    #expect(!drift.hasDrifted)
  }

  @Test(
    "what is no offer is refused", arguments: ["", "{}", "[1]", #"{"offerCode": "X", "products": {}, "terms": {}}"#])
  func refusals(text: String) {
    #expect(throws: PricingError.self) {
      try PriceDrift(try PriceListFile(Data(text.utf8), name: "index.json"))
    }
  }
}
