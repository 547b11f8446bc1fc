import Charts
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
      body: hasCost ? [marginalChart, costTable, amortisedChart, priceTable].compactMap(\.self) : [])
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

  private var marginalChart: HTML? {
    let cost = figures.cost.all
    guard cost.executions > 0 else { return nil }
    let request = figures.cost.book.price(.lambdaRequest)
    let failed = cost.executions - cost.successes
    let compute = (
      good: cost.total - cost.failures - request * Decimal(cost.successes),
      bad: cost.failures - request * Decimal(failed)
    )
    let each = [
      ("Compute of executions that did what was expected", compute.good, ChartColor.blue),
      ("Compute of executions that did not", compute.bad, .vermillion),
      ("Requests", request * Decimal(cost.executions), .sky),
    ].map { ($0.0, $0.1 * 1_000 / Decimal(cost.executions), $0.2) }
    return waterfall(
      id: "chart-marginal", title: "Cost of 1,000 executions, at the margin",
      summary: "What more executions would add to the bill: billed time, memory and requests.", each,
      sum: "Together, at the margin")
  }

  private var amortisedChart: HTML? {
    guard let (fixed, number) = figures.cost.amortised, let marginal = figures.cost.all.perExecution else { return nil }
    let each =
      [("Lambda, at the margin", marginal * 1_000, ChartColor.blue)]
      + fixed.lines.map { ($0.title, $0.monthly * 1_000 / Decimal(number), .orange) }
    return waterfall(
      id: "chart-amortised", title: "Cost of 1,000 executions, with what stands idle",
      summary:
        "What is paid for whether or not jobs come, spread over \(EstimateText.count(number, "execution")) a month: \(MoneyText.dollars(fixed.monthly + marginal * Decimal(number))) a month in all.",
      each, sum: "Together, amortised")
  }

  private func waterfall(
    id: String, title: String, summary: String, _ parts: [(name: String, dollars: Decimal, color: ChartColor)],
    sum: String
  ) -> HTML {
    let total = parts.reduce(Decimal(0)) { $0 + $1.dollars }
    let chart = WaterfallChart(
      title: title, summary: summary,
      steps: parts.map {
        .init(
          $0.name, NSDecimalNumber(decimal: $0.dollars).doubleValue, text: MoneyText.dollars($0.dollars),
          color: $0.color)
      } + [.init(sum, nil, text: MoneyText.dollars(total), color: .gray)])
    let table = HTMLTable(
      caption: title, columns: [.text("What"), .number("1,000 executions"), .number("One execution")],
      rows: (parts.map { ($0.name, $0.dollars) } + [(sum, total)]).map { name, dollars in
        ["\(name)", "\(MoneyText.dollars(dollars))", "\(MoneyText.dollars(dollars / 1_000))"]
      })
    return PageChart(id: id, chart: chart, table: table).html
  }

  private var priceTable: HTML {
    let book = figures.cost.book
    let used: Set<PriceLine.Item> = [.lambdaRequest, .lambdaSecondX86, .cacheNodeHour, .endpointHour, .queueRequest]
    let table = PriceTable.html(book.lines.filter { used.contains($0.item) }, region: book.region)
    return "<details><summary>Prices, with date and source</summary>\n\(table)</details>\n"
  }
}
