import FoundationEssentials
import Pricing
import Testing

@Suite("A bill of AWS beside what was predicted")
struct ReconciliationTests {
  /// 2026-11-27 12:00 UTC.
  private static let noon: Int64 = 1_795_780_800
  private static let head =
    "line_item_line_item_type,line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,"
    + "line_item_usage_type,line_item_operation,line_item_usage_amount,line_item_unblended_cost,product_region_code,"
    + "line_item_line_item_description,line_item_currency_code"

  private static func row(
    _ service: String, _ usage: String, _ amount: String, _ cost: String, hour: Int = 12, kind: String = "Usage",
    region: String = "us-east-1"
  ) -> String {
    "\(kind),2026-11-27T\(hour):00:00.000Z,2026-11-27T\(hour + 1):00:00.000Z,\(service),\(usage),Invoke,\(amount),\(cost),"
      + "\(region),\"\(service), \"\"\(usage)\"\"\nper unit\",USD"
  }

  private static func bill(_ rows: [String], head: String = head) throws(PricingError) -> BillFile {
    try BillFile(Array(([head] + rows).joined(separator: "\r\n").utf8), name: "bill.csv")
  }

  private static func number(_ text: String) -> Decimal { Decimal(string: text) ?? -1 }

  private static let usage = [
    PredictedUsage(.lambdaSecondArm, 100_000, .measured), PredictedUsage(.lambdaRequest, 50_000, .measured),
    PredictedUsage(.queueRequest, 1_000, .assumed), PredictedUsage(.cacheNodeHour, 1, .idle),
  ]

  private static func reconcile(_ rows: [String]) throws(PricingError) -> Reconciliation {
    try Reconciliation(try bill(rows), window: noon..<(noon + 600), region: "us-east-1") { hours in
      usage.map { $0.basis == .idle ? PredictedUsage($0.item, hours, .idle) : $0 }
    }
  }

  @Test("each line finds its item, whatever region stands before its usage type")
  func lines() throws {
    let result = try Self.reconcile([
      Self.row("AWSLambda", "USE1-Lambda-GB-Second-ARM", "100000", "1.33334"),
      Self.row("AWSLambda", "Request-ARM", "50000", "0.01"),
      Self.row("AWSQueueService", "USE1-Requests-Tier1", "1000", "4.0E-4"),
      Self.row("AmazonElastiCache", "NodeUsage:cache.t4g.micro", "1", "0.0128"),
    ])
    #expect(result.lines.allSatisfy { $0.ratio == 1 }, "\(result.lines.map(\.ratio))")
    #expect(result.unpredicted.isEmpty && result.others.isEmpty && result.leftOut == 0)
    #expect(result.predicted == result.billed && result.billed == Self.number("1.35654"))
    #expect(result.covered == Self.noon..<(Self.noon + 3_600))
  }

  @Test("requests of S3 and SQS have one usage type, and are told by their service")
  func services() throws {
    let result = try Self.reconcile([
      Self.row("AmazonS3", "Requests-Tier1", "10", "0.00005"), Self.row("AWSQueueService", "Requests-Tier1", "7", "1"),
    ])
    #expect(result.lines.first { $0.price.item == .queueRequest }?.billedQuantity == 7)
    #expect(result.unpredicted.map(\.service) == ["AmazonS3"])
  }

  @Test("units that cost nothing are free and count as billed, and other prices are told")
  func explanations() throws {
    let result = try Self.reconcile([
      Self.row("AWSLambda", "Lambda-GB-Second-ARM", "60000", "0"),
      Self.row("AWSLambda", "Lambda-GB-Second-ARM", "40000", "0.533336"),
      Self.row("AWSLambda", "Request", "50000", "0.005"),
    ])
    let compute = result.lines[0]
    #expect(compute.freeQuantity == 60_000 && compute.free == Self.number("0.800004"))
    #expect(compute.ratio == 1 && compute.priceDifference == 0)
    #expect(result.lines[1].priceDifference == Self.number("-0.005"))
    #expect(result.lines.filter { !$0.isBilled }.map(\.price.item) == [.queueRequest, .cacheNodeHour])
  }

  @Test("taxes and credits are in no sum, and other hours and regions are left out")
  func others() throws {
    let result = try Self.reconcile([
      Self.row("AWSLambda", "Request", "50000", "0.01"), Self.row("AWSLambda", "Request", "9", "9", hour: 14),
      Self.row("AWSLambda", "Request", "9", "9", region: "eu-west-1"),
      Self.row("AWSLambda", "", "", "-0.5", kind: "Credit"), Self.row("AWSLambda", "", "", "0.1", kind: "Tax"),
    ])
    #expect(result.billed == Self.number("0.01") && result.leftOut == 2)
    #expect(result.others.map(\.kind) == ["Credit", "Tax"])
  }

  @Test("what stands idle is predicted for the hours that the bill covers")
  func idle() throws {
    let result = try Self.reconcile([
      Self.row("AmazonElastiCache", "NodeUsage:cache.t4g.micro", "1", "0.0128")
    ])
    #expect(result.lines.last?.predictedQuantity == 1)
  }

  @Test("the report before CUR 2.0 has other names for its columns")
  func legacy() throws {
    let bill = try Self.bill(
      ["Usage,AWSLambda,Request,5,0.000001"],
      head: "lineItem/LineItemType,lineItem/ProductCode,lineItem/UsageType,lineItem/UsageAmount,lineItem/UnblendedCost")
    #expect(bill.lines.count == 1 && bill.lines[0].quantity == 5 && bill.lines[0].stretch == nil)
  }

  private static func explorer(_ amount: String = "50000", groups: String = #"{"Key":"SERVICE"},{"Key":"USAGE_TYPE"}"#)
    -> String
  {
    """
    {"GroupDefinitions": [\(groups)], "ResultsByTime": [{"TimePeriod": {"Start": "2026-11-27", "End": "2026-11-28"},
      "Groups": [{"Keys": ["AWS Lambda", "USE1-Request"], "Metrics": {
        "UnblendedCost": {"Amount": "0.01", "Unit": "USD"}, "UsageQuantity": {"Amount": "\(amount)", "Unit": "N/A"}}}],
      "Estimated": true}]}
    """
  }

  @Test("an answer of Cost Explorer is read")
  func costExplorer() throws {
    let bill = try BillFile(Array(Self.explorer().utf8), name: "ce.json")
    let result = try Reconciliation(bill, window: Self.noon..<(Self.noon + 60), region: "us-east-1") { hours in
      #expect(hours == 24)
      return Self.usage
    }
    #expect(result.lines[1].ratio == 1)
  }

  private static let good = row("AWSLambda", "Request", "1", "1")

  private static let bad: [(text: String, expected: String)] = [
    ("", "is empty"), ("a,b\n1,2\n", "bill:1: no column line_item_product_code"),
    ("\(head)\n\(row("AWSLambda", "Request", "many", "1"))", "bill:2: line_item_usage_amount is 'many'"),
    ("\(head)\n\(good)\n\(row("AWSLambda", "Request", "1", "1f"))", "bill:4: line_item_unblended_cost"),
    ("\(head)\nUsage,2026\n", "bill:2: 2 fields, and the head has 11"),
    ("\(head)\n\"Usage", "a quote is not closed"),
    ("\(head)\n\(good.replacing("USD", with: "EUR"))", "the currency is EUR"),
    ("\(head)\n\(good.replacing("2026-11", with: "2026-99"))", "no stretch of time"),
    ("{}", "no answer of Cost Explorer"), (explorer("x"), "which is no number"),
    (explorer(groups: #"{"Key":"SERVICE"}"#), "not grouped by service and usage type"),
  ]

  @Test("what is no bill is refused with the line and what to do", arguments: bad.indices)
  func refusals(index: Int) {
    let (text, expected) = Self.bad[index]
    do throws(PricingError) {
      _ = try BillFile(Array(text.utf8), name: "bill")
      Issue.record("it was read: \(text)")
    } catch {
      #expect(error.description.contains(expected), "\(error)")
    }
  }

  @Test("a bill of another time is refused, with both times")
  func otherTime() {
    let error = #expect(throws: PricingError.self) {
      try Self.reconcile([Self.row("AWSLambda", "Request", "1", "1", hour: 20)])
    }
    #expect(error?.description.contains("2026-11-27T20:00:00Z") == true)
    #expect(error?.description.contains("the run began 2026-11-27T12:00:00Z") == true)
  }
}
