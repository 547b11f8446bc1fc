import ArgumentParser
import Foundation
import Pricing
import Reporting

/// `rce-bench prices`: the pinned price book.
struct PricesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prices", abstract: "The list prices that costs are computed from, with date and source of each.",
    discussion: """
      Without a subcommand, the list:
        rce-bench prices --filter sqs
        rce-bench prices --quotas
        rce-bench prices --json
        rce-bench prices check index.json
      """,
    subcommands: [PricesListCommand.self, PricesCheckCommand.self], defaultSubcommand: PricesListCommand.self)
}

/// `rce-bench prices list`: the pinned prices, and the quotas that bound a load.
struct PricesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the pinned prices, with date and source of each.",
    discussion: """
      Text shows prices as AWS quotes them, for example for a million requests; JSON (--json, camelCase keys) gives US dollars
      for one unit as numbers with all their digits, and the quotas that bound a load.
      """)

  @Option(help: ArgumentHelp("Only lines whose name, title or service holds this text.", valueName: "text"))
  var filter: String?

  @Option(help: ArgumentHelp("The region of the prices.", valueName: "name"))
  var region = PriceBook.usEast1.region

  @Flag(help: "List the quotas that bound a load instead.")
  var quotas = false

  @Flag(help: "Print prices and quotas as JSON.")
  var json = false

  func run() throws {
    let table = try PriceTable(try PriceBook.named(region), filter: quotas ? nil : filter)
    Console.print((json ? table.json : quotas ? table.quotaText : table.text).trimmingNewline)
  }
}

/// `rce-bench prices check`: pinned prices against AWS's Price List.
struct PricesCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Compare the pinned prices with a file of AWS's Price List, and show what drifted.",
    discussion: """
      The file is an offer in the bulk format, which needs no credentials:
        curl -O https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/current/us-east-1/index.json
        rce-bench prices check index.json

      Exits with 0 where every price that could be compared is the same, 3 where one differs, 2 where the file cannot be read
      or none of its prices could be compared.
      """)

  @Argument(help: "The offer's index.json.")
  var file: String

  @Option(help: ArgumentHelp("The region of the prices.", valueName: "name"))
  var region = PriceBook.usEast1.region

  @Flag(help: "Print the comparison as JSON.")
  var json = false

  func run() throws {
    let report = PriceDriftReport(try drift())
    Console.print((json ? report.json : report.text).trimmingNewline)
    if report.hasDrifted { throw BenchExit.thresholdFailed }
    if report.comparedNothing { throw BenchExit.badConfiguration }
  }

  private func drift() throws(PricingError) -> PriceDrift {
    let bytes: Data
    do { bytes = try Data(contentsOf: URL(fileURLWithPath: file)) } catch {
      throw PricingError("cannot read \(file)", hint: "give the index.json of an offer of AWS's Price List")
    }
    return try PriceDrift(try PriceListFile(bytes, name: file), with: try PriceBook.named(region))
  }
}
