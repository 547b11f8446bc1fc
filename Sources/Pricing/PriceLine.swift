public import FoundationEssentials

/// One list price, with where and when it was read.
public struct PriceLine: Sendable, Hashable {
  /// What is paid for.
  public enum Item: String, Sendable, Hashable, CaseIterable {
    case lambdaRequest = "lambda.request"
    case lambdaSecondX86 = "lambda.gb_second.x86"
    case lambdaSecondArm = "lambda.gb_second.arm"
    case queueRequest = "sqs.request"
    case cacheNodeHour = "elasticache.valkey.t4g_micro.hour"
    case endpointHour = "vpc.interface_endpoint.hour"
  }

  /// What is paid for.
  public let item: Item
  /// The item and its unit for people, for example "Lambda compute, x86, per GB-second".
  public let title: String
  /// US dollars for one unit.
  public let price: Decimal
  /// Year, month and day on which the price was read.
  public let date: String
  /// The document that it was read from.
  public let source: String

  init(_ item: Item, _ title: String, _ price: Decimal, date: String, source: String) {
    self.item = item
    self.title = title
    self.price = price
    self.date = date
    self.source = source
  }
}
