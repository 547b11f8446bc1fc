import Foundation
import Jobs
import Pricing
import RunRecords
import Statistics

extension ReportPage {
  var cost: PageSection {
    let hasCost = figures.cost.all.executions > 0
    return PageSection(
      id: "cost", title: "Cost, as if on AWS", short: "Cost", finding: costFinding,
      body: hasCost ? [costTable, amortisedTable, priceTable].compactMap(\.self) : [])
  }

  private var costFinding: HTML {
    let cost = figures.cost.all
    guard let each = cost.perExecution else {
      return nothingRecorded ?? "The platform does not tell what would be billed, so there is no cost."
    }
    let failures: HTML? =
      cost.failures == 0
      ? nil : " \(MoneyText.dollars(cost.failures)) of it went to executions that did not do what was expected."
    let success = cost.perSuccess.map { "\(MoneyText.dollars($0 * 1_000)) for 1,000 that succeeded" as HTML }
    return """
      1,000 executions would cost <strong>\(MoneyText.dollars(each * 1_000))</strong> on Lambda (\(cost.architecture.rawValue),
      \(figures.cost.book.region), list price, no free tier)\(success.map { ", \($0)" as HTML }). This is the executor's
      billed time and request at the margin; API, queue, storage and logs are not in it.\(failures)
      """
  }

  private var costTable: HTML {
    let rows = [("All jobs", figures.cost.all)] + figures.cost.languages.map { ($0.language.title, $0.cost) }
    return HTMLTable(
      caption: "Marginal cost by language",
      columns: [
        .text("Jobs"), .number("Executions"), .number("GB-seconds"), .number("Of 1,000"), .number("Of 1,000 successes"),
        .number("Failures"), .number("Whole run"),
      ],
      rows: rows.map { name, cost in
        [
          "\(name)", "\(QuantityText.grouped(cost.executions))",
          "\(QuantityText.number(NSDecimalNumber(decimal: cost.gigabyteSeconds).doubleValue))",
          "\(cost.perExecution.map { MoneyText.dollars($0 * 1_000) } ?? "n/a")",
          "\(cost.perSuccess.map { MoneyText.dollars($0 * 1_000) } ?? "n/a")", "\(MoneyText.dollars(cost.failures))",
          "\(MoneyText.dollars(cost.total))",
        ]
      }
    ).html
  }

  private var amortisedTable: HTML? {
    guard let (fixed, number) = figures.cost.amortised, let marginal = figures.cost.all.perExecution else { return nil }
    let share = fixed.perExecution(number)
    let table = HTMLTable(
      caption: "Cost of an execution at \(QuantityText.grouped(number)) a month",
      columns: [.text("What"), .number("A month"), .number("An execution")],
      rows: fixed.lines.map {
        ["\($0.title)", "\(MoneyText.dollars($0.monthly))", "\(MoneyText.dollars($0.monthly / Decimal(number)))"]
      } + [
        [
          "Lambda, at the margin", "\(MoneyText.dollars(marginal * Decimal(number)))", "\(MoneyText.dollars(marginal))",
        ],
        [
          "<strong>Together</strong>",
          "<strong>\(MoneyText.dollars(fixed.monthly + marginal * Decimal(number)))</strong>",
          "<strong>\(MoneyText.dollars(share + marginal))</strong>",
        ],
      ])
    return "<h3>With what stands idle</h3>\n\(table.html)"
  }

  private var priceTable: HTML {
    let table = HTMLTable(
      caption: "List prices, \(figures.cost.book.region)",
      columns: [.text("Item"), .number("US dollars"), .text("Read on"), .text("From")],
      rows: figures.cost.book.lines.map { ["\($0.title)", "\("\($0.price)")", "\($0.date)", "\($0.source)"] })
    return "<details><summary>Prices, with date and source</summary>\n\(table.html)</details>\n"
  }
}
