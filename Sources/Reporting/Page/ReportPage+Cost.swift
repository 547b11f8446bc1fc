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
      id: "cost", title: figures.deployment == nil ? "Cost, as if on AWS" : "Cost on AWS", short: "Cost",
      finding: costFinding,
      body: hasCost
        ? [
          marginalChart, costTable, volumeTable, amortisedChart, figures.frontier.chart(of: "phase and language"),
          priceTable,
        ].compactMap(\.self) : [])
  }

  private var costFinding: HTML {
    let cost = figures.cost.all
    guard let each = cost.perExecution else {
      return nothingRecorded ?? "The platform does not tell what would be billed, so there is no cost."
    }
    let failures: HTML? =
      cost.failures == 0
      ? nil : " \(MoneyText.dollars(cost.failures)) of the run went to jobs that did not do what was expected."
    let repeats: HTML? =
      cost.repeats == 0 ? nil : " \(MoneyText.dollars(cost.repeats)) went to repeated submissions and deliveries."
    let success = cost.perSuccess.map { "\(MoneyText.dollars($0 * 1_000)) for 1,000 that succeeded" as HTML }
    return """
      1,000 jobs would add <strong>\(MoneyText.dollars(each * 1_000))</strong> to a bill of AWS (profile \(figures.cost.profile.name),
      \(cost.architecture.rawValue), \(figures.cost.book.region), list price, no free tier)\(success.map { ", \($0)" as HTML }).
      Execution, calls, status reads and deliveries are each job's own; code store, logs and data out are assumed.\(dispatcher)\(failures)\(repeats)
      """
  }

  /// How the dispatcher of a deployment was priced.
  private var dispatcher: HTML? {
    let dispatcher = figures.cost.profile.dispatcher
    guard dispatcher.memoryMB > 0 else { return nil }
    guard figures.info.platformLog?.function("dispatcher") != nil else {
      return
        " The log was not read: each job counts as if it had had a dispatcher of its own, which is the most it can have cost."
    }
    return
      " The dispatcher's share of a job is what the log bills it for each millisecond of an executor: \(QuantityText.number(dispatcher.waitShare.double)) ms."
  }

  private var costTable: HTML {
    let rows = [("All jobs", figures.cost.all)] + figures.cost.languages.map { ($0.language.title, $0.cost) }
    return HTMLTable(
      caption: "Marginal cost by language",
      columns: [
        .text("Jobs"), .number("Priced"), .number("GB-seconds"), .number("1,000 jobs"), .number("95 % interval"),
        .number("1,000 successes"), .number("Failures"), .number("Repeats"), .number("Whole run"),
      ],
      rows: rows.map { name, cost in
        [
          "\(name)", "\(QuantityText.grouped(cost.executions))",
          "\(QuantityText.number(cost.gigabyteSeconds.double))", "\(thousand(cost.perExecution))",
          "\(Self.interval(cost))", "\(thousand(cost.perSuccess))", "\(MoneyText.dollars(cost.failures))",
          "\(MoneyText.dollars(cost.repeats))", "\(MoneyText.dollars(cost.total))",
        ]
      }
    ).html
  }

  private func thousand(_ amount: Decimal?) -> String {
    amount.map { MoneyText.dollars($0 * 1_000) } ?? "n/a"
  }

  private static func interval(_ cost: RunCost) -> String {
    guard let lower = cost.lower, let upper = cost.upper else { return "n/a (n=\(cost.executions))" }
    return "\(MoneyText.dollars(lower * 1_000)) – \(MoneyText.dollars(upper * 1_000))"
  }

  /// A row for each volume over which what stands idle may be spread.
  private var volumeTable: HTML {
    let cost = figures.cost
    let volumes =
      [cost.observedPerMonth.map { ("As in this run, all month", $0) }]
      + [cost.amortised.map { ("As the scenario declares", $0.executionsPerMonth) }]
    let columns = [("All jobs", cost.all)] + cost.languages.map { ($0.language.title, $0.cost) }
    return HTMLTable(
      caption: "1,000 jobs with their share of what stands idle",
      columns: [.text("Volume"), .number("Jobs a month")] + columns.map { .number($0.0) },
      rows: volumes.compactMap(\.self).map { title, perMonth in
        ["\(title)", "\(QuantityText.grouped(perMonth))"]
          + columns.map { "\(thousand(cost.amortised($0.1, over: perMonth)))" }
      } + [
        ["Nothing stands idle", ""] + columns.map { "\(thousand($0.1.perExecution))" }
      ]
    ).html
  }

  private var marginalChart: HTML? {
    guard let parts = figures.cost.all.partsPerExecution else { return nil }
    return waterfall(
      id: "chart-marginal", title: "Cost of 1,000 jobs, at the margin",
      summary: "What more jobs would add to the bill, by part of the platform.",
      parts.map { ($0.part.title, $0.dollars * 1_000, $0.part == .assumed ? ChartColor.silver : .blue) },
      sum: "Together, at the margin")
  }

  private var amortisedChart: HTML? {
    guard let (fixed, number) = figures.cost.amortised, let marginal = figures.cost.all.perExecution else { return nil }
    let each =
      [("Jobs, at the margin", marginal * 1_000, ChartColor.blue)]
      + fixed.lines.map { ($0.title, $0.monthly * 1_000 / Decimal(number), .orange) }
    return waterfall(
      id: "chart-amortised", title: "Cost of 1,000 jobs, with what stands idle",
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
          $0.name, $0.dollars.double, text: MoneyText.dollars($0.dollars),
          color: $0.color)
      } + [.init(sum, nil, text: MoneyText.dollars(total), color: .gray)])
    let table = HTMLTable(
      caption: title, columns: [.text("What"), .number("1,000 jobs"), .number("One job")],
      rows: (parts.map { ($0.name, $0.dollars) } + [(sum, total)]).map { name, dollars in
        ["\(name)", "\(MoneyText.dollars(dollars))", "\(MoneyText.dollars(dollars / 1_000))"]
      })
    return PageChart(id: id, chart: chart, table: table).html
  }

  private var priceTable: HTML {
    let book = figures.cost.book
    let used = Set((try? MonthlyUsage(figures.cost.profile, executions: 1))?.lines.map(\.item) ?? [])
    let table = PriceTable.html(book.lines.filter { used.contains($0.item) }, region: book.region)
    return "<details><summary>Prices, with date and source</summary>\n\(table)</details>\n"
  }
}
