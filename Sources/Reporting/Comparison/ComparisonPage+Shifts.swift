import Charts
import RunRecords
import Statistics

extension ComparisonPage {
  var endToEnd: PageSection {
    PageSection(
      id: "latency", title: "End to end", short: "Latency",
      finding: """
        From the moment a job was due to the moment its result was read. These rows make the verdict; their intervals hold
        together.
        """,
      body: candidates.map { shiftTable("End to end", $0, $0.headline) } + percentileCharts)
  }

  var series: PageSection {
    PageSection(
      id: "series", title: "Where a shift comes from", short: "Series",
      finding: "The parts of a job's time, each by itself: they explain a shift and do not make the verdict.",
      body: candidates.map { shiftTable("Series", $0, $0.details) })
  }

  private func shiftTable(_ name: String, _ candidate: CandidateComparison, _ rows: [SeriesShift]) -> HTML {
    let (first, second) = (comparison.baseline.label, candidate.side.label)
    guard !rows.isEmpty else { return "<p class=\"note\">\(first) and \(second) share no series to compare.</p>\n" }
    return HTMLTable(
      caption: "\(name), \(first) to \(second)",
      columns: [
        .text("Jobs"), .text("Verdict"), .number(first), .number(second), .number("Shift"), .number("Larger"),
        .number("Detectable"),
      ],
      rows: rows.map { row in
        let share = row.shift.share(row.shift.value).map { " (\(ShiftText.share($0)))" } ?? ""
        let interval = ShiftText.shareInterval(row.shift)
        return [
          rowName(row), row.verdict.badge, sideCell(row.baseline), sideCell(row.candidate),
          "\(ShiftText.duration(row.shift.value))\(share)<small>\(ShiftText.interval(row.shift))</small><small>\(interval)</small>",
          "\(QuantityText.percent(row.superiority))<small>\(ShiftText.chance(row.pValue))</small>",
          "\(row.detectable.map { QuantityText.duration(nanoseconds: $0) } ?? "unknown")",
        ]
      }
    ).html
  }

  /// The headline is of one series and several figures, the details of several series and one figure.
  private func rowName(_ row: SeriesShift) -> HTML {
    row.series == .e2e ? "\(row.scope.title), \(row.figure.title)" : "\(row.series.title), \(row.scope.title)"
  }

  private func sideCell(_ side: SeriesShift.Side) -> HTML {
    let unfinished: HTML? =
      side.censored == 0 ? nil : "<small>\(QuantityText.grouped(side.censored)) unfinished</small>"
    return "\(ShiftText.side(side))<small>n = \(QuantityText.grouped(side.count))</small>\(unfinished)"
  }

  /// One plot a scope, all sides over each other.
  private var percentileCharts: [HTML] {
    let scopes = candidates.flatMap(\.headline).map(\.scope)
    var seen: Set<FigureScope> = []
    return scopes.filter { seen.insert($0).inserted }.prefix(8).enumerated().compactMap(percentileChart)
  }

  private func percentileChart(_ index: Int, _ scope: FigureScope) -> HTML? {
    let lines = allSides.map { side -> (side: ComparedSide, quantiles: [QuantileEstimate]) in
      let sample = side.sample(.e2e, scope)
      return (side, PercentileRule.printed.map { sample.quantile($0) })
    }
    guard lines.allSatisfy({ $0.quantiles.count { $0.exact != nil } >= 2 }) else { return nil }
    let layers = zip(lines, Self.palette).flatMap { line, color in marks(line.side.label, color, line.quantiles) }
    let pooled = allSides.contains { $0.runs.count > 1 } ? " The jobs of all runs of a side are taken together." : ""
    let chart = XYChart(
      title: "Percentiles: \(scope.title)",
      summary: "End-to-end time of each side on an axis of nines; bands are 95 % intervals.\(pooled)",
      x: Axis("", .nines, format: .percent), y: Axis("log scale", .logarithmic, format: .duration), layers: layers)
    let table = HTMLTable(
      caption: "Percentiles with 95 % intervals: \(scope.title)",
      columns: [.text("Percentile")] + lines.map { .number($0.side.label) },
      rows: PercentileRule.printed.enumerated().map { row, probability in
        ["\(PercentileRule.name(probability))"]
          + lines.map { line in
            let interval = EstimateText.interval(line.quantiles[row]).map { "<small>\($0)</small>" as HTML }
            return "\(EstimateText.explained(line.quantiles[row]))\(interval)"
          }
      })
    return PageChart(id: "chart-percentiles-\(index)", chart: chart, table: table).html
  }

  private static let palette: [ChartColor] = [.blue, .orange, .green, .purple, .vermillion, .sky]

  private func marks(_ name: String, _ color: ChartColor, _ quantiles: [QuantileEstimate]) -> [ChartLayer] {
    func seconds(_ value: Int64?) -> Double { Double(value ?? 0) / 1e9 }
    let known = quantiles.filter { $0.exact != nil }
    let bounded = known.filter { $0.lower != nil && $0.upper != nil }
    return [
      ChartLayer(
        "\(name) interval", color, .range(upper: bounded.map { ChartPoint($0.probability, seconds($0.upper)) }),
        bounded.map { ChartPoint($0.probability, seconds($0.lower)) }),
      ChartLayer(name, color, .line, known.map { ChartPoint($0.probability, seconds($0.exact)) }),
    ]
  }
}
