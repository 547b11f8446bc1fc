import Charts
import Glibc

/// One chart of each kind, with data that are the same every time.
enum SampleCharts {
  static let all: [(name: String, chart: any Chart)] = [
    ("time-series", timeSeries), ("job-dots", jobDots), ("percentiles", percentiles), ("distribution", distribution),
    ("stacked-bars", stackedBars), ("strips", strips), ("empty", empty), ("single-point", singlePoint),
    ("percentile-curve", percentileCurve), ("heat-map", heatMap), ("waterfall", waterfall), ("scatter-fit", scatterFit),
    ("gaps", gaps),

  ]

  static let timeSeries = XYChart(
    title: "Jobs a second", summary: "Offered, completed and good.",
    x: Axis("Time since the start", format: .elapsed, range: 0...70), y: Axis("jobs/s", format: .number),
    layers: [
      ChartLayer("offered", .gray, .area, (0...35).map { ChartPoint(Double($0 * 2), 5 + 2 * sin(Double($0))) }),
      ChartLayer("completed", .blue, .steps, (0...35).map { ChartPoint(Double($0 * 2), 5 + 2 * sin(Double($0) - 1)) }),
      ChartLayer("goodput", .green, .steps, (0...35).map { ChartPoint(Double($0 * 2), 4 + sin(Double($0) - 1)) }),
    ],
    bands: [
      ChartBand(from: 0, to: 10, name: "warm-up", isShaded: true), ChartBand(from: 10, to: 70, name: "steady"),
    ])

  static let jobDots = XYChart(
    title: "Every job", summary: "Each dot is a job.",
    x: Axis("Time since the start", format: .elapsed, range: 0...600),
    y: Axis("end to end, log scale", .logarithmic, format: .duration),
    layers: [
      ChartLayer(
        "warm", .blue, .dots, (0..<200).map { ChartPoint(Double($0 * 3), 0.04 * exp(sin(Double($0 * 7)))) }),
      ChartLayer("waited for a cold start", .orange, .dots, (0..<9).map { ChartPoint(Double($0 * 60 + 7), 0.7) }),
      ChartLayer("never finished, at its age", .vermillion, .rings, [ChartPoint(300, 30)]),
    ], rules: [ChartRule(y: 2, name: "objective 2 s")])

  static let percentiles = XYChart(
    title: "Percentiles", summary: "End to end against service time.", x: Axis("", .nines, format: .percent),
    y: Axis("log scale", .logarithmic, format: .duration),
    layers: [
      ChartLayer(
        "interval", .blue, .range(upper: points([0.05, 0.09, 0.3, 0.8, 1.4, 4])), points([0.04, 0.07, 0.2, 0.6, 1, 2])),
      ChartLayer("end to end", .blue, .line, points([0.045, 0.08, 0.25, 0.7, 1.2, 3])),
      ChartLayer("service", .orange, .dashed, points([0.044, 0.079, 0.24, 0.68, 1.19, 2.9])),
    ])

  private static func points(_ values: [Double]) -> [ChartPoint] {
    zip([0.5, 0.75, 0.9, 0.95, 0.99, 0.999], values).map { ChartPoint($0, $1) }
  }

  static let distribution = XYChart(
    title: "Share of jobs done within a time", summary: "Cold against warm.",
    x: Axis("End to end, log scale", .logarithmic, format: .duration),
    y: Axis("jobs done", format: .percent, range: 0...1),
    layers: [
      ChartLayer("warm", .blue, .steps, (1...40).map { ChartPoint(0.02 * Double($0), Double($0) / 40) }),
      ChartLayer("cold", .orange, .steps, (1...12).map { ChartPoint(0.3 + 0.05 * Double($0), Double($0) / 12) }),
    ])

  static let stackedBars = StackedBarChart(
    title: "Parts of end-to-end time", summary: "By language.", axis: Axis("", format: .duration),
    parts: [.init("submit", .green), .init("queue wait", .orange), .init("cold start", .sky), .init("run", .blue)],
    bars: [
      .init(group: "Python", name: "p50", values: [0.001, 0.002, 0, 0.03], total: "33.0 ms"),
      .init(group: "Python", name: "p95", values: [0.001, 0.012, 0.14, 0.06], total: "213 ms"),
      .init(group: "JavaScript", name: "p50", values: [0.001, 0.002, 0, 0.05], total: "53.0 ms"),
      .init(group: "JavaScript", name: "p95", values: [0.002, 0.004, 0.48, 0.09], total: "576 ms"),
    ])

  static let strips = StripChart(
    title: "Cold against warm", summary: "Each dot is a job.", axis: Axis("log scale", .logarithmic, format: .duration),
    rows: [
      .init(
        group: "Python", name: "warm", color: .blue, values: (0..<60).map { 0.03 * exp(sin(Double($0))) },
        marks: [.init("p50", 0.03, interval: 0.025...0.034), .init("p95", 0.08)], note: "n=60"),
      .init(group: "Python", name: "cold", color: .orange, values: [0.15, 0.18], note: "n=2"),
      .init(group: "C++", name: "warm", color: .blue, values: [0.3, 0.31, 0.34], note: "n=3"),
    ])

  static let percentileCurve = XYChart(
    title: "Percentiles", summary: "Intended against service time, from the fastest job to p99.99.",
    x: Axis("", .nines, format: .percent), y: Axis("log scale", .logarithmic, format: .duration),
    layers: [
      ChartLayer("end to end", .blue, .curve, curve { 0.04 * exp(2.5 * $0) }),
      ChartLayer("service", .orange, .dashed, curve { 0.04 * exp(1.2 * $0) }),
    ], rules: [ChartRule(y: 2, name: "objective 2 s")], rows: [0.5, 0.9, 0.99])

  /// A value at 25 probabilities that lie evenly on an axis of nines from 0 to p99.99.
  private static func curve(_ value: (Double) -> Double) -> [ChartPoint] {
    (0...24).map { ChartPoint(1 - pow(10, -Double($0) / 6), value(Double($0) / 6)) }
  }

  static let gaps = XYChart(
    title: "End to end over time", summary: "Steps with too few jobs are gaps; one alone is a dot.",
    x: Axis("Time since the start", format: .elapsed, range: 0...60),
    y: Axis("log scale", .logarithmic, format: .duration),
    layers: [
      ChartLayer(
        "p95", .orange, .curve, [1, 2, .nan, .nan, 3, 4, 3.5].enumerated().map { ChartPoint(Double($0) * 10, $1) }),
      ChartLayer(
        "p50", .blue, .curve, [.nan, 1, .nan, 1.5, 1.2, .nan].enumerated().map { ChartPoint(Double($0) * 10, $1) }),
    ])

  static let heatMap = HeatMapChart(
    title: "Latency over time", summary: "Darker cells hold more jobs.",
    x: Axis("Time since the start", format: .elapsed, range: 0...60),
    y: Axis("end to end, log scale", .logarithmic, format: .duration), things: "jobs",
    columns: (0...30).map { Double($0 * 2) }, rows: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
    counts: (0..<30).map { column in
      (0..<7).map { row in max(0, Int(90 * exp(-pow(Double(row) - 3 - sin(Double(column) / 4), 2))) - 1) }
    },
    bands: [ChartBand(from: 0, to: 12, name: "warm-up", isShaded: true), ChartBand(from: 12, to: 60, name: "steady")],
    rules: [ChartRule(y: 1, name: "objective 1 s")])

  static let waterfall = WaterfallChart(
    title: "Cost of 1,000 executions", summary: "Each row begins where the one above ended.",
    steps: [
      .init("Compute, executions that succeeded", 4.1, text: "$4.10", color: .blue),
      .init("Requests", 0.2, text: "$0.20", color: .sky), .init("At the margin", nil, text: "$4.30", color: .gray),
      .init("Interface endpoint for the queue, one zone", 0.73, text: "$0.73", color: .orange),
      .init("Together", nil, text: "$5.03", color: .gray),
    ])

  static let scatterFit = XYChart(
    title: "Throughput by concurrency", summary: "Measured points, the fitted model and its interval.",
    x: Axis("environments", format: .number), y: Axis("jobs/s", format: .number),
    layers: [
      ChartLayer("interval", .orange, .range(upper: model { $0 * 1.1 }), model { $0 * 0.9 }),
      ChartLayer("model", .orange, .curve, model { $0 }),
      ChartLayer(
        "measured", .blue, .dots,
        [(1, 9.8), (2, 18.9), (4, 34), (8, 57), (16, 78), (24, 83), (32, 79)].map { ChartPoint($0, $1) }),
    ], rules: [ChartRule(y: 83, name: "most")])

  /// The universal scalability law, with a coherence that makes more environments slower.
  private static func model(_ change: (Double) -> Double) -> [ChartPoint] {
    (1...40).map { number in
      let n = Double(number)
      let throughput = 10 * n / (1 + 0.03 * (n - 1) + 0.0016 * n * (n - 1))
      return ChartPoint(n, change(throughput))
    }
  }

  static let empty = XYChart(
    title: "Nothing", summary: "No job ended.", x: Axis("Time", format: .elapsed), y: Axis("jobs/s", format: .number),
    layers: [ChartLayer("completed", .blue, .steps, [])])

  static let singlePoint = XYChart(
    title: "One <job> & \"more\"", summary: "A single value, hostile names: </desc><script>",
    x: Axis("Time", format: .elapsed), y: Axis("log scale", .logarithmic, format: .duration),
    layers: [ChartLayer("</text><script>alert(1)</script>", .purple, .line, [ChartPoint(1, 0.05)])])
}
