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
      title: "Cost of a job by volume",
      summary: "What stands idle is spread over the month's jobs; both axes are logarithmic.",
      x: Axis("jobs a month, log scale", .logarithmic, format: .number),
      y: Axis("US dollars a job, log scale", .logarithmic, format: .number),
      layers: [
        ChartLayer(
          "amortised", .orange, .line, volumes.map { ChartPoint($0, CapacityMoney.double(money.amortised($0))) }),
        ChartLayer(
          "at the margin", .blue, .dashed, volumes.map { ChartPoint($0, CapacityMoney.double(money.marginal)) }),
      ], rows: volumes)
    let table = HTMLTable(
      caption: "Cost of a job by volume", columns: [.number("Jobs a month"), .number("Amortised")],
      rows: volumes.map { ["\(QuantityText.number($0.rounded()))", "\(MoneyText.dollars(money.amortised($0)))"] })
    return PageChart(id: "chart-volume", chart: chart, table: table).html
  }

  private func breakEvenTable(_ money: CapacityMoney) -> HTML {
    HTMLTable(
      caption: "Where hosts that are always on become cheaper than the executor",
      columns: [.text("One host"), .number("From jobs a month")],
      rows: money.hosts(peak: plan.demand.peak).map { host in
        ["\(host.name)", "\(host.breakEvenPerMonth.map { QuantityText.number($0.rounded()) } ?? "never at this peak")"]
      }
    ).html
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
      dollars.isEmpty ? nil : tornado("chart-dollars", "US dollars a month", dollars),
      tornado("chart-environments", "environments at the peak", environments),
    ].compactMap(\.self)
    return PageSection(
      id: "sensitivity", title: "If an assumption is wrong", short: "Sensitivity",
      finding: "One assumption moved at a time, the widest swing first.", body: charts)
  }

  private func tornado(_ id: String, _ unit: String, _ rows: [CapacitySensitivity]) -> HTML {
    let chart = StripChart(
      title: "Swing of \(unit)", summary: "From the lower end of each assumption to its upper end.",
      axis: Axis(unit, format: .number),
      rows: rows.map { row in
        StripChart.Row(
          group: row.name, name: "", color: .blue, values: [row.low, row.high],
          marks: [.init("", row.low, interval: min(row.low, row.high)...max(row.low, row.high))])
      }, rowsAreInTable: true)
    let table = HTMLTable(
      caption: "Swing of \(unit)", columns: [.text("Assumption"), .number("Low"), .number("High")],
      rows: rows.map { ["\($0.name)", "\(QuantityText.number($0.low))", "\(QuantityText.number($0.high))"] })
    return PageChart(id: id, chart: chart, table: table).html
  }
}
