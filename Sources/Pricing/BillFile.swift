package import FoundationEssentials

/// One line of a bill: what AWS charged for one kind of usage in a stretch of time.
package struct BilledLine: Sendable, Hashable {
  /// The service's product code, for example `AWSLambda`.
  package var service: String
  /// The usage type without the region before it, for example `Lambda-GB-Second-ARM`.
  package var usageType: String
  /// `Usage`, `Tax`, `Credit` and so on.
  package var kind: String
  package var quantity: Decimal
  /// US dollars, unblended.
  package var dollars: Decimal
  /// Seconds since 1970 between which it was used; nil where the file does not say.
  package var stretch: Range<Int64>?
  /// The region; nil where the file does not say.
  package var region: String?

  /// It is usage, and no tax, credit or fee.
  package var isUsage: Bool { kind.hasSuffix("Usage") }
}

/// A bill: a Cost and Usage Report (CUR 2.0, or its older CSV), or an answer of Cost Explorer's GetCostAndUsage.
package struct BillFile: Sendable {
  package let lines: [BilledLine]
  /// What kind of file it was, for people.
  package let form: String

  /// Reads a file; throws what it is not, with the line.
  package init(_ bytes: [UInt8], name: String) throws(PricingError) {
    if bytes.first(where: { $0 > 32 }) == UInt8(ascii: "{") {
      lines = try CostExplorerReader(name: name).lines(bytes)
      form = "Cost Explorer"
    } else {
      lines = try UsageReportReader(name: name).lines(bytes)
      form = "Cost and Usage Report"
    }
    guard !lines.isEmpty else {
      throw PricingError("\(name) has no line of a bill", hint: "take a file of the days of the run")
    }
  }

  /// A usage type without the region that most services put before it: `USE1-`, `EU-`, `APN1-`.
  static func unprefixed(_ usage: String) -> String {
    guard let dash = usage.firstIndex(of: "-") else { return usage }
    let start = usage[..<dash]
    let letters = start.prefix { $0.isASCII && $0.isUppercase }
    let digits = start.dropFirst(letters.count)
    let isRegion = (3...4).contains(letters.count) && digits.count == 1 && digits.allSatisfy(\.isNumber)
    return isRegion || start == "EU" ? String(usage[usage.index(after: dash)...]) : usage
  }

  /// An instant of a bill as seconds since 1970, from a date alone too.
  static func instant(_ text: String) -> Int64? {
    let full = text.count == 10 ? text + "T00:00:00Z" : text.prefix(19).map { $0 == " " ? "T" : "\($0)" }.joined() + "Z"
    return (try? Date(full, strategy: .iso8601)).map { Int64($0.timeIntervalSince1970) }
  }

  /// A number of a bill, which may be written with an exponent.
  static func number(_ text: String) -> Decimal? {
    guard !text.isEmpty, text.count <= 40,
      text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }), text.contains(where: \.isNumber)
    else { return nil }
    return Decimal(string: text)
  }
}

/// Reads a Cost and Usage Report in CSV; its columns are found by name.
private struct UsageReportReader {
  let name: String

  func lines(_ bytes: [UInt8]) throws(PricingError) -> [BilledLine] {
    var rows = CSVRows(bytes, name: name)
    guard let head = try rows.next() else {
      throw PricingError("\(name) is empty", hint: "give a Cost and Usage Report")
    }
    let columns = try Columns(head.fields, name: name)
    var lines: [BilledLine] = []
    while let row = try rows.next() {
      guard row.fields.count == head.fields.count else {
        throw PricingError(
          "\(name):\(row.line): \(row.fields.count) fields, and the head has \(head.fields.count)",
          hint: "the file is cut off or no CSV")
      }
      lines.append(try line(row.fields, columns, row.line))
    }
    return lines
  }

  private struct Columns {
    var places: [String: Int]

    static let needed = [
      "line_item_product_code", "line_item_usage_type", "line_item_usage_amount", "line_item_unblended_cost",
    ]

    init(_ head: [String], name: String) throws(PricingError) {
      places = Dictionary(head.enumerated().map { (Self.current($1), $0) }, uniquingKeysWith: { first, _ in first })
      let missing = Self.needed.filter { places[$0] == nil }
      guard missing.isEmpty else {
        throw PricingError(
          "\(name):1: no column \(missing.joined(separator: ", "))",
          hint: "give a Cost and Usage Report as CSV, or the JSON of `aws ce get-cost-and-usage`")
      }
    }

    /// The column's name in CUR 2.0: `lineItem/UsageType` was that of the report before it.
    private static func current(_ name: String) -> String {
      var text = ""
      for letter in name.drop(while: { $0 == "\u{feff}" }) {
        if letter == "/" {
          text += "_"
        } else if letter.isUppercase {
          text += (text.isEmpty || text.hasSuffix("_") ? "" : "_") + letter.lowercased()
        } else {
          text.append(letter)
        }
      }
      return text
    }

    func text(_ column: String, _ fields: [String]) -> String? {
      places[column].map { fields[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  private func line(_ fields: [String], _ columns: Columns, _ number: Int) throws(PricingError) -> BilledLine {
    if let currency = columns.text("line_item_currency_code", fields), currency != "USD" {
      throw PricingError("\(name):\(number): the currency is \(currency)", hint: "only bills in USD are read")
    }
    return BilledLine(
      service: columns.text("line_item_product_code", fields) ?? "",
      usageType: BillFile.unprefixed(columns.text("line_item_usage_type", fields) ?? ""),
      kind: columns.text("line_item_line_item_type", fields) ?? "Usage",
      quantity: try amount("line_item_usage_amount", fields, columns, number),
      dollars: try amount("line_item_unblended_cost", fields, columns, number),
      stretch: try stretch(fields, columns, number),
      region: columns.text("product_region_code", fields) ?? columns.text("product_region", fields))
  }

  /// A credit or a tax may have no quantity.
  private func amount(
    _ column: String, _ fields: [String], _ columns: Columns, _ line: Int
  ) throws(PricingError) -> Decimal {
    guard let text = columns.text(column, fields) else { return 0 }
    guard let value = BillFile.number(text) else {
      throw PricingError("\(name):\(line): \(column) is '\(text.prefix(40))', which is no number")
    }
    return value
  }

  private func stretch(_ fields: [String], _ columns: Columns, _ line: Int) throws(PricingError) -> Range<Int64>? {
    guard let from = columns.text("line_item_usage_start_date", fields),
      let to = columns.text("line_item_usage_end_date", fields)
    else { return nil }
    guard let start = BillFile.instant(from), let end = BillFile.instant(to), start <= end else {
      throw PricingError("\(name):\(line): '\(from.prefix(30))' to '\(to.prefix(30))' is no stretch of time")
    }
    return start..<end
  }
}

/// Reads what `aws ce get-cost-and-usage --group-by Type=DIMENSION,Key=SERVICE Type=DIMENSION,Key=USAGE_TYPE` prints.
private struct CostExplorerReader {
  let name: String

  private struct File: Decodable {
    struct Period: Decodable {
      var Start: String
      var End: String
    }
    struct Metric: Decodable {
      var Amount: String
      var Unit: String?
    }
    struct Group: Decodable {
      var Keys: [String]
      var Metrics: [String: Metric]
    }
    struct Result: Decodable {
      var TimePeriod: Period
      var Groups: [Group]?
    }
    struct Definition: Decodable {
      var Key: String
    }
    var ResultsByTime: [Result]
    var GroupDefinitions: [Definition]?
  }

  private static let advice =
    "ask with --metrics UnblendedCost UsageQuantity --group-by Type=DIMENSION,Key=SERVICE Type=DIMENSION,Key=USAGE_TYPE"

  func lines(_ bytes: [UInt8]) throws(PricingError) -> [BilledLine] {
    guard let file = try? JSONDecoder().decode(File.self, from: Data(bytes)) else {
      throw PricingError("\(name) is JSON, but no answer of Cost Explorer's GetCostAndUsage", hint: Self.advice)
    }
    let keys = file.GroupDefinitions?.map(\.Key) ?? []
    guard let service = keys.firstIndex(of: "SERVICE"), let usage = keys.firstIndex(of: "USAGE_TYPE") else {
      throw PricingError("\(name) is not grouped by service and usage type", hint: Self.advice)
    }
    var lines: [BilledLine] = []
    for result in file.ResultsByTime {
      guard let start = BillFile.instant(result.TimePeriod.Start), let end = BillFile.instant(result.TimePeriod.End),
        start < end
      else { throw PricingError("\(name): '\(result.TimePeriod.Start)' begins no period") }
      for group in result.Groups ?? [] {
        guard group.Keys.count == keys.count else {
          throw PricingError("\(name): a group of \(result.TimePeriod.Start) has \(group.Keys.count) keys")
        }
        lines.append(try line(group, service: group.Keys[service], usage: group.Keys[usage], start..<end))
      }
    }
    return lines
  }

  private func line(
    _ group: File.Group, service: String, usage: String, _ stretch: Range<Int64>
  ) throws(PricingError) -> BilledLine {
    func amount(_ metric: String) throws(PricingError) -> Decimal {
      guard let found = group.Metrics[metric] else {
        throw PricingError("\(name): \(usage) has no \(metric)", hint: Self.advice)
      }
      guard let value = BillFile.number(found.Amount) else {
        throw PricingError("\(name): \(metric) of \(usage) is '\(found.Amount.prefix(40))', which is no number")
      }
      return value
    }
    if let unit = group.Metrics["UnblendedCost"]?.Unit, unit != "USD" {
      throw PricingError("\(name): \(usage) is billed in \(unit)", hint: "only bills in USD are read")
    }
    let (code, type) = (Self.codes[service] ?? service, BillFile.unprefixed(usage))
    return BilledLine(
      service: code, usageType: type, kind: service == "Tax" ? "Tax" : "Usage", quantity: try amount("UsageQuantity"),
      dollars: try amount("UnblendedCost"), stretch: stretch, region: nil)
  }

  /// What Cost Explorer calls a service, and the code of its offer.
  private static let codes = [
    "AWS Lambda": "AWSLambda", "Amazon API Gateway": "AmazonApiGateway",
    "Amazon Simple Queue Service": "AWSQueueService", "Amazon ElastiCache": "AmazonElastiCache",
    "Amazon Simple Storage Service": "AmazonS3", "Amazon CloudFront": "AmazonCloudFront",
    "AmazonCloudWatch": "AmazonCloudWatch", "Amazon Virtual Private Cloud": "AmazonVPC", "EC2 - Other": "AmazonEC2",
    "Amazon EC2 Container Registry (ECR)": "AmazonECR", "AWS WAF": "awswaf", "AWS X-Ray": "AWSXRay",
    "AWS Secrets Manager": "AWSSecretsManager", "AWS Key Management Service": "awskms",
    "Amazon Route 53": "AmazonRoute53", "Amazon DynamoDB": "AmazonDynamoDB",
  ]
}
