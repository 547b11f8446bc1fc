import RunRecords
import Statistics

extension ReportPage {
  var endToEnd: PageSection {
    PageSection(
      id: "latency", title: "End to end", short: "Latency", finding: endToEndFinding,
      body: figures.outcomes.count == 0
        ? []
        : [percentileTable, latencyCourse, percentileChart, heatMap, everyJob, slowestJobs, seriesTable].compactMap(
          \.self))
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
