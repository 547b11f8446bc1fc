import Charts
import RunRecords
import Statistics

extension ReportPage {
  var coldStarts: PageSection {
    PageSection(
      id: "cold", title: "Cold starts", short: "Cold starts", finding: coldFinding,
      body: [chanceChart, coldChart, distributionChart, environmentChart].compactMap(\.self))
  }

  private var coldFinding: HTML {
    guard let waited = figures.cold.all?.waited, waited.count > 0 else {
      return nothingRecorded ?? "The platform does not tell which jobs waited for an environment to start."
    }
    let ratio: HTML? = figures.cold.ratio.map {
      " A job that waited took \(QuantityText.number($0)) times as long as a warm one of its language (median over all pairs)."
    }
    let start = figures.figures(.coldStart).map { figures -> HTML in
      let half = figures.quantile(0.5)
      if half.value != .notAvailable { return " Half of these waits were at most \(EstimateText.value(half))." }
      let (least, most) = (figures.sample.minimum ?? 0, figures.sample.maximum ?? 0)
      return """
         The waits were from \(QuantityText.duration(nanoseconds: least)) to \(QuantityText.duration(nanoseconds: most)).
        """
    }
    return """
      \(QuantityText.grouped(waited.successes)) of \(EstimateText.count(waited.count, "job")) waited for an environment to
      start: P(cold) is \(QuantityText.percent(waited.proportion)), 95 % interval \(EstimateText.interval(waited)).
      \(environments)\(start)\(ratio)
      """
  }

  /// How many environments there were; a deployment tells that with the lines of its log alone.
  private var environments: HTML {
    guard figures.deployment?.knowsEnvironments ?? true else {
      return "How many environments served them is not known."
    }
    return "\(EstimateText.count(figures.cold.environments, "environment")) served them."
  }

  private var coldChart: HTML? {
    let splits = figures.cold.splits.count > 1 ? Array(figures.cold.splits.dropFirst()) : figures.cold.splits
    let rows = splits.flatMap { split in
      [("warm", split.warm, ChartColor.blue), ("cold", split.cold, ChartColor.orange)].compactMap {
        name, sample, color -> StripChart.Row? in
        guard sample.count > 0 else { return nil }
        return StripChart.Row(
          group: split.scope.title, name: name, color: color, values: Self.dots(sample),
          marks: Self.marks(sample, [0.5, 0.95]), note: "n=\(QuantityText.grouped(sample.count))")
      }
    }
    guard !rows.isEmpty else { return nil }
    let chart = StripChart(
      title: "Cold against warm, end to end",
      summary: Self.dotSentence(splits.flatMap { [$0.warm, $0.cold] }),
      axis: Axis("log scale", .logarithmic, format: .duration), rows: rows)
    return PageChart(id: "chart-cold", chart: chart, table: coldTable).html
  }

  private var coldTable: HTMLTable {
    HTMLTable(
      caption: "Cold starts by language",
      columns: [
        .text("Jobs"), .number("Known"), .number("Cold"), .number("P(cold)"), .number("95 % interval"),
        .number("Cold p50"), .number("Warm p50"), .number("Cold max"), .number("Warm max"),
      ],
      rows: figures.cold.splits.map { split in
        [
          "\(split.scope.title)", "\(QuantityText.grouped(split.waited.count))",
          "\(QuantityText.grouped(split.waited.successes))", "\(QuantityText.percent(split.waited.proportion))",
          "\(EstimateText.interval(split.waited))", "\(EstimateText.explained(split.cold.quantile(0.5)))",
          "\(EstimateText.explained(split.warm.quantile(0.5)))", "\(EstimateText.maximum(split.cold))",
          "\(EstimateText.maximum(split.warm))",
        ]
      })
  }
}
