import CapacityPlanning
import Charts
import Foundation
import Pricing
import Statistics

extension CapacityPlanPage {
  var cost: PageSection {
    guard let money = plan.money else {
      return PageSection(
        id: "cost", title: "Cost", short: "Cost",
        finding: "The platform does not tell what would be billed, so there is no cost.", body: [])
    }
    return PageSection(
      id: "cost", title: "Cost on AWS", short: "Cost",
      finding: """
        A job costs <strong>\(MoneyText.dollars(money.amortised(plan.volume)))</strong> at
        \(QuantityText.number(plan.volume)) a month, \(MoneyText.dollars(money.marginal)) of it at the margin: profile
        \(money.profile.name) with the measured execution, list price.
        """,
      body: [waterfall(money), volumeChart(money), breakEvenTable(money)])
  }

  private func waterfall(_ money: CapacityMoney) -> HTML {
    let idle = money.fixed / Decimal(plan.volume)
    let parts =
      money.parts.map { ($0.name, $0.dollars * 1_000, ChartColor.blue) } + [("What stands idle", idle * 1_000, .orange)]
    let total = parts.reduce(Decimal(0)) { $0 + $1.1 }
    let chart = WaterfallChart(
      title: "Cost of 1,000 jobs", summary: "By part of the platform, with the share of what stands idle.",
      steps: parts.map { .init($0.0, CapacityMoney.double($0.1), text: MoneyText.dollars($0.1), color: $0.2) }
        + [.init("Together", nil, text: MoneyText.dollars(total), color: .gray)])
    let table = HTMLTable(
      caption: "Cost of 1,000 jobs", columns: [.text("What"), .number("1,000 jobs")],
      rows: (parts.map { ($0.0, $0.1) } + [("Together", total)]).map { ["\($0)", "\(MoneyText.dollars($1))"] })
    return PageChart(id: "chart-cost", chart: chart, table: table).html
  }

  private func volumeChart(_ money: CapacityMoney) -> HTML {
    let volumes = (6...18).map { pow(10, Double($0) / 2) }
    let chart = XYChart(
      title: "Cost of 1,000 jobs by volume",
      summary: "What stands idle is spread over the month's jobs; both axes are logarithmic.",
      x: Axis("jobs a month, log scale", .logarithmic, format: .compact),
      y: Axis("US dollars for 1,000 jobs, log scale", .logarithmic, format: .number),
      layers: [
        ChartLayer(
          "amortised", .orange, .line, volumes.map { ChartPoint($0, CapacityMoney.double(money.amortised($0) * 1_000)) }
        ),
        ChartLayer(
          "at the margin", .blue, .dashed, volumes.map { ChartPoint($0, CapacityMoney.double(money.marginal * 1_000)) }),
      ], rows: volumes)
    let table = HTMLTable(
      caption: "Cost of 1,000 jobs by volume", columns: [.number("Jobs a month"), .number("Amortised")],
      rows: volumes.map {
        ["\(QuantityText.number($0.rounded()))", "\(MoneyText.dollars(money.amortised($0) * 1_000))"]
      })
    return PageChart(id: "chart-volume", chart: chart, table: table).html
  }

  private func breakEvenTable(_ money: CapacityMoney) -> HTML {
    func volume(_ host: CapacityMoney.Host) -> HTML {
      "\(host.breakEvenPerMonth.map { QuantityText.number($0.rounded()) } ?? "never")"
    }
    let table = HTMLTable(
      caption: "Where hosts that are always on become cheaper than the executor",
      columns: [
        .text("Host, always on"), .number("Jobs a month, sized for the peak"), .number("Jobs a month, without a peak"),
      ],
      rows: zip(money.hosts(peak: plan.demand.peak), money.hosts(peak: 1)).map { peak, even in
        ["\(peak.name)", volume(peak), volume(even)]
      })
    return """
      <h3>Break-even with hosts that are always on</h3>
      <p>The executor alone on each host, from how many jobs a month that is cheaper than functions: with hosts for a peak of
      \(QuantityText.number(plan.demand.peak)) times the mean, and with hosts that are busy all the time.</p>
      \(table.html)
      """
  }

  var demand: PageSection {
    let table = HTMLTable(
      caption: "Demands",
      columns: [
        .text("Demand"), .number("Jobs"), .number("Peak/s"), .number("Environments"), .number("Busy"), .text("Held"),
        .number("$ a month"), .number("Always-free taken off"), .text("Quotas to raise"),
      ], rows: plan.cases.map(row))
    return PageSection(
      id: "demand", title: "Demands", short: "Demands",
      finding: """
        Environments keep \(PercentileRule.name(plan.wait.probability)) of the wait within
        \(QuantityText.duration(nanoseconds: plan.wait.seconds * 1e9)) at the peak (Erlang C, scaled as Allen and Cunneen have
        it). The contest has the median peak minute and the variability of published contests.
        """, body: [table.html])
  }

  private func row(_ demand: DemandCase) -> [HTML] {
    let month = plan.money?.month(demand.name, demand.perMonth)
    let increases = plan.increases(demand)
    return [
      "\(demand.name)", "\(QuantityText.number(demand.perMonth.rounded()))", "\(QuantityText.number(demand.peakRate))",
      "\(demand.environments.map(QuantityText.grouped) ?? "n/a")",
      "\(demand.utilization.map(QuantityText.percent) ?? "n/a")",
      "\(demand.isHeld.map { $0 ? "yes" : "no" } ?? "n/a")",
      "\(month.map { MoneyText.dollars(Decimal($0.dollars)) } ?? "n/a")",
      "\(month.map { MoneyText.dollars(Decimal($0.dollarsAlwaysFree)) } ?? "n/a")",
      "\(increases.isEmpty ? "none" : increases.joined(separator: ", "))",
    ]
  }

  var sensitivity: PageSection? {
    let (dollars, environments) = (CapacitySensitivity.dollars(plan), CapacitySensitivity.environments(plan))
    guard !environments.isEmpty else { return nil }
    let charts = [
      dollars.isEmpty ? nil : tornado("chart-dollars", "US dollars a month", "US dollars", dollars),
      tornado("chart-environments", "environments at the peak", "environments", environments),
    ].compactMap(\.self)
    return PageSection(
      id: "sensitivity", title: "If an assumption is wrong", short: "Sensitivity",
      finding: "One assumption moved at a time, the widest swing first.", body: charts)
  }

  private func tornado(_ id: String, _ title: String, _ unit: String, _ rows: [CapacitySensitivity]) -> HTML {
    let chart = StripChart(
      title: "Swing of \(title)",
      summary: "The bar runs from the lower end of an assumption to its upper end; the mark is the plan's own figure.",
      axis: Axis(unit, format: .number),
      rows: rows.map { row in
        StripChart.Row(
          group: row.name, name: "", color: .blue, values: [],
          marks: [.init("", row.base, interval: min(row.low, row.high)...max(row.low, row.high))])
      }, rowsAreInTable: true)
    let table = HTMLTable(
      caption: "Swing of \(title)",
      columns: [.text("Assumption"), .number("Low"), .number("As planned"), .number("High")],
      rows: rows.map { row in
        ["\(row.name)"] + [row.low, row.base, row.high].map { "\(QuantityText.number($0))" as HTML }
      })
    return PageChart(id: id, chart: chart, table: table).html
  }
}
