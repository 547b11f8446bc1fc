import Charts
import RunRecords
import Statistics

extension ReportPage {
  var endToEnd: PageSection {
    PageSection(
      id: "latency", title: "End to end", short: "Latency", finding: endToEndFinding,
      body: figures.recorded.isEmpty
        ? [] : [percentileTable, percentileChart, overTimeChart, seriesTable].compactMap(\.self))
  }

  private var endToEndFinding: HTML {
    guard let e2e = figures.figures(.e2e) else { return "No job has an end-to-end time." }
    let refused = figures.outcomes[.rejected] + figures.outcomes[.dropped]
    let apart: HTML? =
      refused == 0
      ? nil : " \(EstimateText.count(refused, "job")) refused or never sent waited for no result and are not in it."
    let unfinished: HTML? =
      e2e.sample.censoredCount == 0
      ? nil
      : " \(EstimateText.count(e2e.sample.censoredCount, "job never finished and counts at its age", "jobs never finished and count at their age"))."
    return """
      From the moment a job was due, whether or not it could be sent, to the moment its result was read.
      \(distributionSentence(e2e))\(gapSentence)\(unfinished)\(apart)
      """
  }

  private func distributionSentence(_ e2e: SeriesFigures) -> HTML {
    let (half, tail) = (e2e.quantile(0.5), e2e.quantile(0.95))
    guard half.value != .notAvailable else {
      return """
        \(EstimateText.count(e2e.sample.count, "job")) are too few for a percentile; the slowest took
        \(EstimateText.maximum(e2e.sample)).
        """
    }
    let slow: HTML? =
      tail.value == .notAvailable ? nil : ", and one in twenty took longer than \(EstimateText.value(tail))"
    return "Half of the jobs took at most \(EstimateText.value(half))\(slow)."
  }

  /// A service time well below e2e means that jobs waited inside the generator.
  private var gapSentence: HTML? {
    for probability in [0.95, 0.5] {
      guard let e2e = figures.figures(.e2e)?.quantile(probability).exact,
        let service = figures.figures(.service)?.quantile(probability).exact, e2e > 0
      else { continue }
      let gap = Double(e2e - service) / Double(e2e)
      guard gap > 0.1 else { return nil }
      return """
         <strong>Service time, counted from dispatch, is \(QuantityText.percent(gap)) shorter at
        \(PercentileRule.name(probability)): jobs waited in the generator.</strong>
        """
    }
    return nil
  }

  private var percentileTable: HTML {
    let shown = figures.series.filter { $0.series == .e2e }
    let columns = [0.5, 0.9, 0.95, 0.99, 0.999].filter { probability in
      probability == 0.5 || shown.contains { $0.quantile(probability).value != .notAvailable }
    }
    return HTMLTable(
      caption: "End-to-end time by phase and language",
      columns: [.text("Jobs"), .number("n")] + columns.map { .number(PercentileRule.name($0)) } + [.number("max")],
      rows: shown.map { figures in
        ["\(figures.scope.title)", "\(QuantityText.grouped(figures.sample.count))"]
          + columns.map { quantileCell(figures.quantile($0)) } + ["\(EstimateText.maximum(figures.sample))"]
      }
    ).html
  }

  func quantileCell(_ estimate: QuantileEstimate) -> HTML {
    guard estimate.value != .notAvailable else { return "<span class=\"absent\">n/a</span>" }
    let interval = EstimateText.interval(estimate).map { "<small>\($0)</small>" as HTML }
    return "\(EstimateText.value(estimate))\(interval)"
  }

  private var percentileChart: HTML? {
    guard let e2e = figures.figures(.e2e), let service = figures.figures(.service) else { return nil }
    let known = e2e.quantiles.filter { $0.exact != nil }
    guard known.count >= 2 else { return nil }
    let bounded = known.filter { $0.lower != nil && $0.upper != nil }
    func seconds(_ value: Int64?) -> Double { Double(value ?? 0) / 1e9 }
    func line(_ figures: SeriesFigures) -> [ChartPoint] {
      figures.quantiles.compactMap { estimate in estimate.exact.map { ChartPoint(estimate.probability, seconds($0)) } }
    }
    let chart = XYChart(
      title: "Percentiles",
      summary: "End to end against service time, on an axis of nines; the band is the 95 % interval of end to end.",
      x: Axis("", .nines, format: .percent), y: Axis("log scale", .logarithmic, format: .duration),
      layers: [
        ChartLayer(
          "interval", .blue, .range(upper: bounded.map { ChartPoint($0.probability, seconds($0.upper)) }),
          bounded.map { ChartPoint($0.probability, seconds($0.lower)) }),
        ChartLayer("end to end", .blue, .line, line(e2e)), ChartLayer("service", .orange, .dashed, line(service)),
      ], rules: sloRule)
    return PageChart(id: "chart-percentiles", chart: chart, table: allPercentiles([e2e, service])).html
  }

  private var sloRule: [ChartRule] {
    figures.info.sloMilliseconds.map {
      [ChartRule(y: $0 / 1e3, name: "objective \(QuantityText.duration(nanoseconds: $0 * 1e6))")]
    } ?? []
  }

  private func allPercentiles(_ series: [SeriesFigures]) -> HTMLTable {
    HTMLTable(
      caption: "Percentiles with 95 % intervals",
      columns: [.text("Percentile")] + series.map { .number($0.series.title) },
      rows: PercentileRule.printed.map { probability in
        ["\(PercentileRule.name(probability))"]
          + series.map { figures in
            let estimate = figures.quantile(probability)
            return estimate.value == .notAvailable ? "\(EstimateText.explained(estimate))" : quantileCell(estimate)
          }
      })
  }

  private var overTimeChart: HTML? {
    let clock = RunClock(figures.info)
    func points(_ belongs: (JobRecord, SeriesValue) -> Bool) -> [ChartPoint] {
      figures.recorded.compactMap { job in
        guard let value = job.value(of: .e2e, on: clock), belongs(job, value) else { return nil }
        return ChartPoint(Double(job.t0) / 1e9, Double(value.nanoseconds) / 1e9)
      }
    }
    let warm = points { !$1.isCensored && $0.waitedForEnvironment != true }
    let cold = points { !$1.isCensored && $0.waitedForEnvironment == true }
    let unfinished = points { $1.isCensored }
    let known = figures.cold.unknown < figures.outcomes.count
    let layers = [
      ChartLayer(known ? "warm" : "finished", .blue, .dots, warm),
      ChartLayer("waited for a cold start", .orange, .dots, cold),
      ChartLayer("never finished, at its age", .vermillion, .rings, unfinished),
    ].filter { !$0.points.isEmpty }
    guard !layers.isEmpty else { return nil }
    let dots =
      figures.recorded.count > 2_000 ? "Each dot is a job, or several that lie on one spot." : "Each dot is a job."
    let chart = XYChart(
      title: "Every job, by the time it was due", summary: "\(dots)\(shading)", x: elapsed,
      y: Axis("end to end, log scale", .logarithmic, format: .duration), layers: layers, bands: bands, rules: sloRule)
    return PageChart(id: "chart-jobs", chart: chart, table: slowestJobs).html
  }

  /// All jobs are in run.sqlite; a page holds the ones that a reader looks for.
  private var slowestJobs: HTMLTable {
    let clock = RunClock(figures.info)
    let slowest = figures.recorded.compactMap { job in job.value(of: .e2e, on: clock).map { (job, $0) } }
      .sorted { $0.1.nanoseconds > $1.1.nanoseconds }.prefix(25)
    return HTMLTable(
      caption: "The 25 slowest jobs",
      columns: [
        .text("Job"), .text("Entry"), .number("Due at"), .number("End to end"), .text("Cold"), .text("Outcome"),
      ],
      rows: slowest.map { job, value in
        [
          "\(job.index)", "\(job.entry)", "\(QuantityText.duration(nanoseconds: job.t0))",
          "\(value.isCensored ? "> " : "")\(QuantityText.duration(nanoseconds: value.nanoseconds))",
          "\(job.waitedForEnvironment == true ? "yes" : "no")", "\(job.outcome.title)",
        ]
      })
  }

  private var seriesTable: HTML {
    let shown = figures.series.filter { $0.scope == .all }
    let table = HTMLTable(
      caption: "Every series over all jobs",
      columns: [.text("Series"), .text("Formula"), .number("n"), .number("min"), .number("mean")]
        + [0.5, 0.9, 0.95, 0.99].map { .number(PercentileRule.name($0)) } + [.number("max")],
      rows: shown.map { figures in
        let sample = figures.sample
        let mean = sample.mean.map { QuantityText.duration(nanoseconds: $0) } ?? "n/a"
        return [
          "\(figures.series.title)", "\(figures.series.formula)", "\(QuantityText.grouped(sample.count))",
          "\(QuantityText.duration(nanoseconds: sample.minimum ?? 0))",
          "\(sample.censoredCount > 0 ? "> " : "")\(mean)",
        ] + [0.5, 0.9, 0.95, 0.99].map { "\(EstimateText.value(figures.quantile($0)))" }
          + ["\(EstimateText.maximum(sample))"]
      })
    return
      "<details><summary>Every series: submit, queue wait, cold start, compile, run, publish, notice, residual</summary>\n\(table.html)</details>\n"
  }
}
