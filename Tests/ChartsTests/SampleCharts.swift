import Charts
import Glibc

/// One chart of each kind, with data that are the same every time.
enum SampleCharts {
  static let all: [(name: String, chart: any Chart)] = [
    ("time-series", timeSeries), ("job-dots", jobDots), ("percentiles", percentiles), ("distribution", distribution),
    ("stacked-bars", stackedBars), ("strips", strips), ("empty", empty), ("single-point", singlePoint),
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

  static let empty = XYChart(
    title: "Nothing", summary: "No job ended.", x: Axis("Time", format: .elapsed), y: Axis("jobs/s", format: .number),
    layers: [ChartLayer("completed", .blue, .steps, [])])

  static let singlePoint = XYChart(
    title: "One <job> & \"more\"", summary: "A single value, hostile names: </desc><script>",
    x: Axis("Time", format: .elapsed), y: Axis("log scale", .logarithmic, format: .duration),
    layers: [ChartLayer("</text><script>alert(1)</script>", .purple, .line, [ChartPoint(1, 0.05)])])
}
