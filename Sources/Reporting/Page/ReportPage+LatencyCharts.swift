import Charts
import RunRecords
import Statistics

extension ReportPage {
  var sloRule: [ChartRule] {
    figures.info.sloMilliseconds.map {
      [ChartRule(y: $0 / 1e3, name: "objective \(QuantityText.duration(nanoseconds: $0 * 1e6))")]
    } ?? []
  }

  var latencyCourse: HTML? {
    course(
      figures.timeline.e2e, id: "chart-course", title: "End to end over time", axis: "end to end, log scale",
      rules: sloRule)
  }

  /// Percentiles of a series over the run; nil where too few steps have jobs enough.
  func course(
    _ steps: [TimelineFigures.Step], id: String, title: String, axis: String, rules: [ChartRule] = []
  ) -> HTML? {
    guard TimelineFigures.hasCourse(steps) else { return nil }
    let seconds = figures.timeline.stepSeconds
    let shown = TimelineFigures.probabilities.indices.filter { index in
      steps.count { $0.quantiles[index] != nil } >= 2
    }
    let colors: [ChartColor] = [.blue, .orange, .vermillion]
    let middles = steps.map { Double($0.start) + Double(seconds) / 2 }
    let layers = shown.map { index in
      ChartLayer(
        PercentileRule.name(TimelineFigures.probabilities[index]), colors[index], .curve,
        zip(middles, steps).map { ChartPoint($0, $1.quantiles[index].map(Self.seconds) ?? .nan) })
    }
    let chart = XYChart(
      title: title,
      summary:
        "Percentiles of the jobs that were due in \(seconds == 1 ? "each second" : "steps of \(seconds) s"); a gap is a step with too few jobs for that percentile.\(shading)",
      x: elapsed, y: Axis(axis, .logarithmic, format: .duration), layers: layers, bands: bands, rules: rules,
      rows: middles)
    let table = HTMLTable(
      caption: title,
      columns: [.text("Due"), .number("Jobs")]
        + shown.map { .number(PercentileRule.name(TimelineFigures.probabilities[$0])) },
      rows: steps.map { step in
        [Self.span(step.start, seconds), "\(QuantityText.grouped(step.count))"]
          + shown.map { index in
            step.quantiles[index].map { "\(QuantityText.duration(nanoseconds: $0))" } ?? Self.absent
          }
      })
    return PageChart(id: id, chart: chart, table: table).html
  }

  static let absent: HTML = "<span class=\"absent\">n/a</span>"

  /// A stretch of the run, in seconds.
  static func span(_ start: Int, _ seconds: Int) -> HTML { "\(start) – \(start + seconds) s" }

  /// Nanoseconds as the seconds of a logarithmic axis; an error of clocks can make a duration 0 or less.
  static func seconds(_ nanoseconds: Int64) -> Double { Double(max(1_000, nanoseconds)) / 1e9 }

  var percentileChart: HTML? {
    guard let e2e = figures.figures(.e2e), let service = figures.figures(.service) else { return nil }
    func line(_ points: [PercentileCurve.Point]) -> [ChartPoint] {
      points.map { ChartPoint($0.probability, Self.seconds($0.nanoseconds)) }
    }
    let curve = PercentileCurve.points(e2e.sample)
    guard curve.count >= 2, let last = curve.last else { return nil }
    let bounded = curve.filter { $0.interval != nil }
    func border(_ end: KeyPath<ClosedRange<Int64>, Int64>) -> [ChartPoint] {
      bounded.map { ChartPoint($0.probability, Self.seconds($0.interval?[keyPath: end] ?? 0)) }
    }
    let chart = XYChart(
      title: "Percentiles, intended against service time",
      summary:
        "From the fastest job to the highest percentile that \(EstimateText.count(e2e.sample.count, "job")) support, on an axis of nines. End to end counts from when a job was due, service from when it was sent; the band is the 95 % interval.",
      x: Axis("", .nines, format: .percent), y: Axis("log scale", .logarithmic, format: .duration),
      layers: [
        ChartLayer("interval", .blue, .range(upper: border(\.upperBound)), border(\.lowerBound)),
        ChartLayer("end to end", .blue, .curve, line(curve)),
        ChartLayer("service", .orange, .dashed, line(PercentileCurve.points(service.sample))),
      ], rules: sloRule, rows: PercentileRule.printed.filter { $0 <= last.probability })
    return PageChart(id: "chart-percentiles", chart: chart, table: allPercentiles([e2e, service])).html
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

  var heatMap: HTML? {
    let grid = figures.timeline.grid
    guard grid.count >= 200, grid.columns.count > 5 else { return nil }
    let (rows, counts) = grid.filled
    let chart = HeatMapChart(
      title: "Where end-to-end times lie over time",
      summary:
        "Finished jobs by when they were due and how long they took: darker is more. Two bands, one above the other, are two kinds of jobs.\(shading)",
      x: elapsed, y: Axis("end to end, log scale", .logarithmic, format: .duration), things: "jobs",
      columns: grid.columns, rows: rows, counts: counts, bands: bands, rules: sloRule)
    return PageChart(id: "chart-heat", chart: chart, table: gridTable(rows, counts, grid.columnSeconds)).html
  }

  /// The grid with its rows joined to three a decade, so that the table stays readable.
  private func gridTable(_ rows: [Double], _ counts: [[Int]], _ seconds: Int) -> HTMLTable {
    let joined = stride(from: 0, to: rows.count - 1, by: 2).map { $0..<min($0 + 2, rows.count - 1) }
    func text(_ border: Double) -> String { QuantityText.duration(nanoseconds: border * 1e9) }
    return HTMLTable(
      caption: "Finished jobs by time and end-to-end time",
      columns: [.text("Due")]
        + joined.map { .number("\(text(rows[$0.lowerBound])) – \(text(rows[$0.upperBound]))") },
      rows: counts.enumerated().map { column, values in
        [Self.span(column * seconds, seconds)]
          + joined.map { "\(QuantityText.grouped(values[$0].reduce(0, +)))" }
      })
  }

  var everyJob: HTML? {
    guard let points = figures.points.all, !points.isEmpty else { return nil }
    func layer(_ name: String, _ color: ChartColor, _ form: ChartLayer.Form, _ kind: JobPoints.Point.Kind) -> ChartLayer
    {
      ChartLayer(
        name, color, form,
        points.filter { $0.kind == kind }.map { ChartPoint(Double($0.due) / 1e9, Self.seconds($0.nanoseconds)) })
    }
    let known = figures.cold.unknown < figures.outcomes.count
    let layers = [
      layer(known ? "warm" : "finished", .blue, .dots, .warm),
      layer("waited for a cold start", .orange, .dots, .cold),
      layer("never finished, at its age", .vermillion, .rings, .unfinished),
    ].filter { !$0.points.isEmpty }
    let chart = XYChart(
      title: "Every job, by the time it was due", summary: "Each dot is a job.\(shading)", x: elapsed,
      y: Axis("end to end, log scale", .logarithmic, format: .duration), layers: layers, bands: bands, rules: sloRule)
    return PageChart(id: "chart-jobs", chart: chart, table: slowest).html
  }

  /// Beside dots the slowest jobs are the table behind them; where jobs are too many for dots they stand alone.
  var slowestJobs: HTML? {
    guard figures.points.all == nil else { return nil }
    return "<details><summary>The 25 slowest jobs</summary>\n\(slowest.html)</details>\n"
  }

  /// All jobs are in run.sqlite; a page holds the ones that a reader looks for.
  private var slowest: HTMLTable {
    HTMLTable(
      caption: "The 25 slowest jobs",
      columns: [
        .text("Job"), .text("Entry"), .number("Due at"), .number("End to end"), .text("Cold"), .text("Outcome"),
      ],
      rows: figures.points.slowest.map { point in
        [
          "\(point.index)", "\(point.entry)", "\(QuantityText.duration(nanoseconds: point.due))",
          "\(point.kind == .unfinished ? "> " : "")\(QuantityText.duration(nanoseconds: point.nanoseconds))",
          "\(point.kind == .cold ? "yes" : "no")", "\(point.outcome.title)",
        ]
      })
  }
}
