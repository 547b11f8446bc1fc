import Charts
import Foundation
import Pricing
import Statistics

/// A cost report as one page.
struct CostPage {
  let report: CostReport

  private var bill: Bill { report.bill }
  private var volume: String { CostNumber.quantity(bill.usage.executions) }

  var html: String {
    PageFrame(
      title: "Cost of \(report.profile.name)", kicker: "rce-bench cost",
      heading: "\(volume) executions a month: \(MoneyText.dollars(bill.total))", lede: "\(report.profile.title)",
      facts: [
        "profile \(report.profile.name)", "\(bill.book.region)", "\(FreeTierText.phrase(bill.freeTier))",
        "prices of \(bill.book.retrieved)", "\(MoneyText.dollars(bill.perExecution)) an execution",
      ],
      banner: "",
      sections: [billSection, forgottenSection, comparisonSection, breakEvenSection, priceSection].compactMap(\.self),
      foot: """
        Made by rce-bench from list prices, each with date and source. A cost per execution holds for its volume only: what stands
        idle is spread over it.
        """
    ).html.text
  }

  private var billSection: PageSection {
    PageSection(
      id: "bill", title: "The bill, line by line", short: "Bill",
      finding: """
        An execution adds \(MoneyText.dollars(bill.marginal)); \(MoneyText.dollars(bill.fixed)) a month stand idle. At \(volume) a month
        that is <strong>\(MoneyText.dollars(bill.perExecution))</strong> an execution.
        """,
      body: [waterfall, billTable])
  }

  private var billTable: HTML {
    let quoted = QuotedColumn(bill)
    return HTMLTable(
      caption: "The bill beside the quoted estimate",
      columns: [
        .text("Item"), .text("Part"), .number("A month"), .text("Unit"), .number("US dollars"), .number("Quoted"),
      ],
      rows: bill.lines.enumerated().map { index, line in
        [
          "\(line.price.title)", "\(line.usage.component.title)", "\(CostNumber.quantity(line.quantity))",
          "\(line.price.unit)", "\(MoneyText.fixed(line.amount, decimals: 4))", "\(quoted.text(index))",
        ]
      } + [
        [
          "<strong>Together</strong>", "", "", "", "<strong>\(MoneyText.fixed(bill.total, decimals: 4))</strong>",
          "\(MoneyText.fixed(NaiveEstimate.total(bill.usage.executions), decimals: 4))",
        ]
      ]
    ).html
  }

  private var waterfall: HTML {
    let parts = CostComponent.allCases.map { ($0.title, bill.amount(of: $0)) }.filter { $0.1 > 0 }
    let chart = WaterfallChart(
      title: "What the month is made of", summary: "US dollars a month by part of the platform.",
      steps: parts.map { .init($0.0, CostNumber.double($0.1), text: MoneyText.dollars($0.1), color: .blue) }
        + [.init("Together", nil, text: MoneyText.dollars(bill.total), color: .gray)])
    let table = HTMLTable(
      caption: "Parts of the month", columns: [.text("Part"), .number("US dollars a month")],
      rows: (parts + [("Together", bill.total)]).map { ["\($0.0)", "\(MoneyText.fixed($0.1, decimals: 4))"] })
    return PageChart(id: "chart-parts", chart: chart, table: table).html
  }

  private var forgottenSection: PageSection {
    let naive = NaiveEstimate.total(bill.usage.executions)
    return PageSection(
      id: "forgotten", title: "What the quoted estimate forgets", short: "Forgotten",
      finding: """
        It says \(MoneyText.dollars(naive)); this bill is \(QuantityText.number(CostNumber.double(bill.total / naive))) times that. Every
        further environment (dev, staging, prod) pays what stands idle once more.
        """,
      body: [
        HTMLTable(
          caption: "Forgotten", columns: [.text("What"), .number("US dollars a month"), .text("Why it is there")],
          rows: bill.forgotten.map {
            ["\($0.title)", "\(MoneyText.fixed($0.amount, decimals: 4))", "\($0.reason)"]
          }
        ).html
      ])
  }

  private var comparisonSection: PageSection? {
    PageSection(
      id: "volume", title: "Against volume", short: "Volume",
      finding: """
        A cost per execution is mostly a question of how many share what stands idle\
        \(bill.balanceVolume.map { ": both weigh the same at \(CostNumber.quantity($0.rounded)) a month" as HTML }).
        """,
      body: [
        CostCurve.chart(
          id: "chart-volume", title: "Cost of 1,000 executions by volume",
          summary: "The whole bill over the month's executions; dashed, the quoted estimate.",
          CostCurve(report: report).profiles),
        comparisonTable,
      ])
  }

  private var comparisonTable: HTML {
    HTMLTable(
      caption: "Profiles at \(volume) executions a month",
      columns: [
        .text("Profile"), .number("A month"), .number("An execution"), .number("It adds"), .number("Idle, a month"),
      ],
      rows: report.bills.map { profile, bill in
        [
          "\(profile.name)<small>\(profile.title)</small>", "\(MoneyText.fixed(bill.total, decimals: 4))",
          "\(MoneyText.dollars(bill.perExecution))", "\(MoneyText.dollars(bill.marginal))",
          "\(MoneyText.fixed(bill.fixed, decimals: 4))",
        ]
      }
    ).html
  }

  private var breakEvenSection: PageSection {
    let peak = CostNumber.quantity(report.breakEven.peak)
    return PageSection(
      id: "break-even", title: "Other ways to run the executor", short: "Break-even",
      finding: """
        What is always on costs the same busy or idle; it is sized for a peak of \(peak) times the mean, so it is at most
        \(CostNumber.percent(1 / report.breakEven.peak)) busy.
        """,
      body: [
        CostCurve.chart(
          id: "chart-ways", title: "Cost of 1,000 executions by way to run them",
          summary:
            "The same platform with its executor on Lambda, in environments kept ready, on Fargate and on machines.",
          CostCurve(report: report).ways),
        HTMLTable(
          caption: "Break-evens",
          columns: [.text("Instead"), .number("Busy at least"), .number("Pays from, executions a month")],
          rows: BreakEvenRow.all(report.breakEven).map { ["\($0.name)", "\($0.utilisation)", "\($0.volume)"] }
        ).html,
      ])
  }

  private var priceSection: PageSection {
    let used = Set(bill.lines.map(\.usage.item))
    return PageSection(
      id: "prices", title: "Prices", short: "Prices",
      finding: "List prices of \(bill.book.region), in \(bill.book.currency), first tier.",
      body: [PriceTable.html(bill.book.lines.filter { used.contains($0.item) }, region: bill.book.region)])
  }
}
