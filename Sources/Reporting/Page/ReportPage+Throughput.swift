import Charts
import RunRecords
import Statistics

extension ReportPage {
  var throughput: PageSection {
    PageSection(
      id: "throughput", title: "Throughput and goodput", short: "Throughput", finding: throughputFinding,
      body: figures.windows.isEmpty ? [] : [ratesChart] + (figures.rates.count > 1 ? [rateTable] : []))
  }

  private var throughputFinding: HTML {
    guard let rate = figures.rate else { return "No recorded phase began, so there is no rate." }
    let wanted: HTML =
      rate.isClosed
      ? "Jobs arrived as earlier ones ended"
      : "\(QuantityText.number(rate.offered)) jobs a second were due"
    let within = figures.info.sloMilliseconds.map { " within \(QuantityText.duration(nanoseconds: $0 * 1e6))" } ?? ""
    return """
      \(wanted), \(QuantityText.number(rate.throughput)) results a second were read, and
      \(QuantityText.number(rate.goodput)) a second were what was expected\(within).
      """
  }

  /// Seconds in a step of the charts: as few steps as still hold five jobs each, but not more than 120.
  var stepSeconds: Int {
    let jobs = max(1, figures.windows.reduce(0) { $0 + $1.offered })
    let least = max(Double(figures.windows.count) * 5 / Double(jobs), Double(figures.windows.count) / 120)
    return [1, 2, 5, 10, 20, 30, 60, 120, 300, 600].first { Double($0) >= least } ?? 1_200
  }

  /// Where the steps' middles lie, for the rows of tables behind charts.
  var stepMiddles: [Double] {
    let step = stepSeconds
    return stride(from: 0, to: figures.windows.count, by: step).map { start in
      Double(start + min(figures.windows.count, start + step)) / 2
    }
  }

  func steps(_ value: (RunWindow) -> Double) -> [ChartPoint] {
    let step = stepSeconds
    let sums = stride(from: 0, to: figures.windows.count, by: step).map { start -> Double in
      let part = figures.windows[start..<min(figures.windows.count, start + step)]
      return part.reduce(0) { $0 + value($1) } / Double(part.count)
    }
    let points = sums.enumerated().map { ChartPoint(Double($0 * step), $1) }
    return points + [ChartPoint(Double(figures.windows.count), sums.last ?? 0)]
  }

  var bands: [ChartBand] {
    let phases = figures.info.phases
    guard phases.count > 1 || phases.contains(where: { !$0.recorded }) else { return [] }
    return phases.map { phase in
      ChartBand(
        from: Double(phase.start) / 1e9, to: Double(phase.start + phase.duration) / 1e9,
        name: phase.name, isShaded: !phase.recorded)
    }
  }

  var elapsed: Axis {
    Axis("Time since the start", format: .elapsed, range: 0...Double(max(1, figures.windows.count)))
  }

  var shading: String {
    figures.info.phases.contains { !$0.recorded } ? " Shaded phases are warm-up and in no other figure." : ""
  }

  private var ratesChart: HTML {
    let chart = XYChart(
      title: "Jobs a second",
      summary:
        "Offered by the plan, accepted by the platform, results read, and goodput, as means over \(EstimateText.count(stepSeconds, "second")).\(shading)",
      x: elapsed, y: Axis("jobs/s", format: .number),
      layers: [
        ChartLayer("offered", .gray, .area, steps { Double($0.offered) }),
        ChartLayer("accepted", .orange, .steps, steps { Double($0.accepted) }),
        ChartLayer("completed", .blue, .steps, steps { Double($0.completed) }),
        ChartLayer("goodput", .green, .steps, steps { Double($0.good) }),
      ], bands: bands, rows: stepMiddles)
    return PageChart(id: "chart-rates", chart: chart, table: windowTable).html
  }

  private var windowTable: HTMLTable {
    let step = stepSeconds
    let rows = stride(from: 0, to: figures.windows.count, by: step).map { start -> [HTML] in
      let part = figures.windows[start..<min(figures.windows.count, start + step)]
      func sum(_ field: KeyPath<RunWindow, Int>) -> HTML {
        "\(QuantityText.grouped(part.reduce(0) { $0 + $1[keyPath: field] }))"
      }
      return [
        Self.span(start, part.count), sum(\.offered), sum(\.accepted), sum(\.completed), sum(\.succeeded),
        sum(\.good),
      ]
    }
    return HTMLTable(
      caption: "Jobs by time",
      columns: [
        .text("Time"), .number("Offered"), .number("Accepted"), .number("Completed"), .number("Succeeded"),
        .number("Good"),
      ], rows: rows)
  }

  private var rateTable: HTML {
    HTMLTable(
      caption: "Rates by phase",
      columns: [
        .text("Phase"), .number("Seconds"), .number("Offered/s"), .number("Throughput/s"), .number("Goodput/s"),
      ],
      rows: figures.rates.map { rate in
        [
          "\(rate.scope.title)", "\(QuantityText.number(rate.seconds))",
          "\(rate.isClosed ? "closed" : QuantityText.number(rate.offered))", "\(QuantityText.number(rate.throughput))",
          "\(QuantityText.number(rate.goodput))",
        ]
      }
    ).html
  }
}
