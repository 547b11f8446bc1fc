import Charts
import Statistics

extension ReportPage {
  /// The charts of the generator's own course; none where it left no samples.
  var healthCharts: [HTML] {
    figures.health.steps.isEmpty ? [] : [paceChart, sharesChart].compactMap(\.self)
  }

  private var course: HealthFigures { figures.health }

  /// What is drawn of a lateness; less than this is as good as none, and a logarithmic axis has no 0.
  private static let leastDrawn = 0.000_01

  private var healthElapsed: Axis {
    Axis("Time since the start", format: .elapsed, range: 0...Double(max(1, course.seconds)))
  }

  private var healthMiddles: [Double] { course.steps.map { Double($0.second) + Double($0.seconds) / 2 } }

  private var healthMeans: String { course.stepSeconds == 1 ? "by second" : "over \(course.stepSeconds) seconds" }

  private func points(_ value: (HealthFigures.Step) -> Double?) -> [ChartPoint] {
    let found = course.steps.compactMap { step in value(step).map { ChartPoint(Double(step.second), $0) } }
    return found + (found.last.map { [ChartPoint(Double(course.seconds), $0.y)] } ?? [])
  }

  private var paceChart: HTML? {
    let chart = XYChart(
      title: "How late the generator was",
      summary:
        "The latest job sent, and the latest tick of a 10 ms clock on the same machine, \(healthMeans); what is below "
        + "10 µs is drawn there.\(shading)",
      x: healthElapsed, y: Axis("late by, log scale", .logarithmic, format: .duration),
      layers: [
        ChartLayer("10 ms clock", .gray, .steps, points { $0.tickerLateness.map(Self.drawnSeconds) }),
        ChartLayer("latest job", .blue, .steps, points { $0.sent > 0 ? Self.drawnSeconds($0.latenessMaximum) : nil }),
      ], bands: bands, rules: [ChartRule(y: 0.1, name: "stalled above 100 ms")], plotHeight: 180, rows: healthMiddles)
    return PageChart(id: "chart-pace", chart: chart, table: paceTable).html
  }

  private static func drawnSeconds(_ nanoseconds: Int64) -> Double { max(Double(nanoseconds) / 1e9, leastDrawn) }

  private var paceTable: HTMLTable {
    HTMLTable(
      caption: "The generator's pace by time",
      columns: [
        .text("Time"), .number("Planned"), .number("Sent"), .number("Over 1 ms late"), .number("Latest job"),
        .number("10 ms clock"), .number("In flight"),
      ],
      rows: course.steps.map { step in
        [
          Self.span(step.second, step.seconds), "\(QuantityText.grouped(step.planned))",
          "\(QuantityText.grouped(step.sent))", "\(QuantityText.grouped(step.late))",
          "\(QuantityText.duration(nanoseconds: step.latenessMaximum))",
          "\(step.tickerLateness.map { QuantityText.duration(nanoseconds: $0) } ?? "n/a")",
          "\(QuantityText.grouped(step.inFlight))",
        ]
      })
  }

  private var sharesChart: HTML? {
    let layers = [
      ChartLayer("host idle", .gray, .steps, points(\.hostIdle)),
      ChartLayer("steal", .vermillion, .steps, points(\.steal)),
      ChartLayer("loop waiting", .orange, .steps, points(\.loopWaiting)),
      ChartLayer("loop CPU", .blue, .steps, points(\.loopCPU)),
    ].filter { !$0.points.isEmpty }
    guard !layers.isEmpty else { return nil }
    let chart = XYChart(
      title: "Where the processors' time went",
      summary:
        "Of a core: the generator's busiest loop, and the one that stood ready longest without a core; of the whole "
        + "machine: idle, and taken by the hypervisor; means \(healthMeans).\(shading)",
      x: healthElapsed, y: Axis("share of time", format: .percent, range: 0...1), layers: layers, bands: bands,
      plotHeight: 180, rows: healthMiddles)
    return PageChart(id: "chart-processors", chart: chart, table: sharesTable).html
  }

  private var sharesTable: HTMLTable {
    func share(_ value: Double?) -> HTML { "\(value.map(QuantityText.percent) ?? "n/a")" }
    return HTMLTable(
      caption: "The processors' time",
      columns: [
        .text("Time"), .number("Loop CPU"), .number("Loop waiting"), .number("Host idle"), .number("Steal"),
        .number("Stalled seconds"),
      ],
      rows: course.steps.map { step in
        [
          Self.span(step.second, step.seconds), share(step.loopCPU), share(step.loopWaiting), share(step.hostIdle),
          share(step.steal), "\(step.stalled)",
        ]
      })
  }
}
