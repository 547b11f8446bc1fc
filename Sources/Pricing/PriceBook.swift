public import FoundationEssentials

/// The processor architecture that a function is configured with; it decides the price of a GB-second.
public enum Architecture: String, Codable, Sendable, Hashable, CaseIterable {
  case x86
  case arm
}

/// The list prices of one region, on demand, first tier, before any free tier or discount.
public struct PriceBook: Sendable, Hashable {
  /// The region's name.
  public let region: String
  /// The lines, one an item.
  public let lines: [PriceLine]

  /// US dollars for one unit of an item.
  public func price(_ item: PriceLine.Item) -> Decimal {
    guard let line = lines.first(where: { $0.item == item }) else {
      preconditionFailure("the price book of \(region) has no line for \(item.rawValue)")
    }
    return line.price
  }

  /// Virginia, as read in September 2026.
  public static let usEast1 = PriceBook(
    region: "us-east-1",
    lines: [
      PriceLine(
        .lambdaRequest, "Lambda request", money("0.0000002"), date: "2026-09-19",
        source: "AWS Price List, offer AWSLambda"),
      PriceLine(
        .lambdaSecondX86, "Lambda compute, x86, per GB-second", money("0.0000166667"), date: "2026-09-19",
        source: "AWS Price List, offer AWSLambda"),
      PriceLine(
        .lambdaSecondArm, "Lambda compute, arm, per GB-second", money("0.0000133334"), date: "2026-09-19",
        source: "AWS Price List, offer AWSLambda"),
      PriceLine(
        .queueRequest, "SQS standard request", money("0.0000004"), date: "2026-03-01",
        source: "AWS Price List, offer AWSQueueService"),
      PriceLine(
        .cacheNodeHour, "ElastiCache for Valkey, cache.t4g.micro, per hour", money("0.0128"), date: "2026-06-01",
        source: "AWS Price List, offer AmazonElastiCache"),
      PriceLine(
        .endpointHour, "VPC interface endpoint in one zone, per hour", money("0.01"), date: "2025-07-01",
        source: "AWS Price List, offer AmazonVPC"),
    ])

  private static func money(_ text: String) -> Decimal {
    guard let value = Decimal(string: text) else { preconditionFailure("'\(text)' is no amount of money") }
    return value
  }
}
