import Charts
import RunRecords
import Statistics

extension ReportPage {
  var queue: PageSection {
    PageSection(
      id: "queue", title: "Queue wait", short: "Queue", finding: queueFinding,
      body: [queueChart, queueCourse, backlogChart].compactMap(\.self))
  }

  private var queueFinding: HTML {
    guard let wait = figures.figures(.queueWait) else {
      return nothingRecorded ?? "The platform does not tell when it queued jobs and when it handed them over."
    }
    let half = wait.quantile(0.5)
    guard half.value != .notAvailable else {
      return
        "\(EstimateText.count(wait.sample.count, "job")) are too few for a percentile; the longest wait was \(EstimateText.maximum(wait.sample))."
    }
    let polls = QuantityText.fixed(figures.pollsPerJob, decimals: 1)
    return """
      From accepted by the queue to handed to an environment: half of the jobs waited at most
      \(EstimateText.value(half)), the longest \(EstimateText.maximum(wait.sample)). Looking took \(polls) status reads a job.
      """
  }

  private var queueChart: HTML? {
    let all = figures.series.filter { $0.series == .queueWait }
    let byLanguage = all.filter { if case .language = $0.scope { true } else { false } }
    let shown = byLanguage.isEmpty ? all.filter { $0.scope == .all } : byLanguage
    guard !shown.isEmpty else { return nil }
    let chart = StripChart(
      title: "Queue wait by language", summary: Self.dotSentence(shown.map(\.sample)),
      axis: Axis("log scale", .logarithmic, format: .duration),
      rows: shown.map { figures in
        StripChart.Row(
          group: figures.scope.title, name: "", color: .orange, values: Self.dots(figures.sample),
          marks: Self.marks(figures.sample, [0.5, 0.95]), note: "n=\(QuantityText.grouped(figures.sample.count))")
      }, rowsAreInTable: true)
    let table = HTMLTable(
      caption: "Queue wait",
      columns: [.text("Jobs"), .number("n"), .number("p50"), .number("p95"), .number("p99"), .number("max")],
      rows: (shown + all.filter { figures in !shown.contains { $0.scope == figures.scope } }).map { figures in
        ["\(figures.scope.title)", "\(QuantityText.grouped(figures.sample.count))"]
          + [0.5, 0.95, 0.99].map { quantileCell(figures.quantile($0)) } + ["\(EstimateText.maximum(figures.sample))"]
      })
    return PageChart(id: "chart-queue", chart: chart, table: table).html
  }

  private var queueCourse: HTML? {
    course(
      figures.timeline.queueWait, id: "chart-queue-course", title: "Queue wait over time",
      axis: "queue wait, log scale")
  }

  private var backlogChart: HTML? {
    guard !figures.windows.isEmpty else { return nil }
    let backlog = backlogSteps
    let layers =
      [ChartLayer("in flight", .purple, .area, steps(\.inFlight))]
      + (backlog.isEmpty ? [] : [ChartLayer("waiting in the queue", .orange, .steps, backlog)])
    let chart = XYChart(
      title: backlog.isEmpty ? "Jobs in flight" : "Jobs in flight and in the queue",
      summary:
        "In flight from dispatch to the end\(backlog.isEmpty ? "" : "; in the queue from accepted to handed to an environment, recorded jobs only"). Means.\(shading)",
      x: elapsed, y: Axis("jobs", format: .number), layers: layers, bands: bands, plotHeight: 130, rows: stepMiddles)
    return PageChart(id: "chart-in-flight", chart: chart, table: flightTable).html
  }

  /// The backlog as steps; empty where the platform does not tell.
  private var backlogSteps: [ChartPoint] {
    let values = figures.timeline.backlog
    let seconds = Double(figures.timeline.stepSeconds)
    guard let last = values.last else { return [] }
    return values.enumerated().map { ChartPoint(Double($0) * seconds, $1) }
      + [ChartPoint(Double(max(1, figures.windows.count)), last)]
  }

  private var flightTable: HTMLTable {
    let step = stepSeconds
    let (backlog, seconds) = (figures.timeline.backlog, figures.timeline.stepSeconds)
    return HTMLTable(
      caption: "Mean jobs in flight and in the queue",
      columns: [.text("Time"), .number("In flight")] + (backlog.isEmpty ? [] : [.number("In the queue")]),
      rows: steps(\.inFlight).dropLast().enumerated().map { index, point in
        let start = index * step
        let waiting = backlog.isEmpty ? nil : backlog[min(backlog.count - 1, start / seconds)]
        return [Self.span(start, step), "\(QuantityText.fixed(point.y, decimals: 2))"]
          + (waiting.map { ["\(QuantityText.fixed($0, decimals: 3))"] } ?? [])
      })
  }

  static func dotSentence(_ samples: [Sample]) -> String {
    let marks = "Marks are percentiles, where there are jobs enough, with their 95 % intervals."
    return samples.contains { $0.finished.count > 300 }
      ? "Dots are jobs, at most 300 a row, evenly from the fastest to the slowest. \(marks)"
      : "Each dot is a job. \(marks)"
  }

  /// At most 300 of the values in seconds, evenly from smallest to largest; clock error can make one 0 or less, which a
  /// logarithmic axis cannot hold.
  static func dots(_ sample: Sample) -> [Double] {
    let values = sample.finished
    let chosen = values.count <= 300 ? values : (0..<300).map { values[$0 * (values.count - 1) / 299] }
    return chosen.map { Double(max(1_000, $0)) / 1e9 }
  }

  static func marks(_ sample: Sample, _ probabilities: [Double]) -> [StripChart.Mark] {
    probabilities.compactMap { probability in
      let estimate = sample.quantile(probability)
      guard let value = estimate.exact else { return nil }
      let interval = estimate.lower.flatMap { lower in
        estimate.upper.map { Double(max(1_000, lower)) / 1e9...Double(max(1_000, $0)) / 1e9 }
      }
      return StripChart.Mark(
        PercentileRule.name(probability), Double(max(1_000, value)) / 1e9, interval: interval)
    }
  }
}
