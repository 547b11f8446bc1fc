import Charts
import Glibc
import TestServices

/// Charts of every kind over data that nobody chose.
struct RandomCharts {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  /// One of each kind.
  mutating func all() -> [any Chart] {
    [timeSeries(), percentiles(), distribution(), heatMap(), bars(), strips(), waterfall()]
  }

  private mutating func number(_ low: Double, _ high: Double) -> Double {
    low * exp(Double.random(in: 0...1, using: &random) * log(high / low))
  }

  private mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func name() -> String {
    let words = ["cold", "py-primes", "steady state", "Über", "p99.9", "a very long name of a phase", "W", "漢字", "i"]
    return words[count(0...words.count - 1)] + (count(0...3) == 0 ? " \(words[count(0...words.count - 1)])" : "")
  }

  private mutating func points(_ form: (Int) -> Double, _ low: Double, _ high: Double) -> [ChartPoint] {
    (0..<count(0...60)).map { ChartPoint(form($0), number(low, high)) }
  }

  private mutating func bands(until end: Double) -> [ChartBand] {
    let borders = ([0, end] + (0..<count(0...6)).map { _ in Double.random(in: 0...end, using: &random) }).sorted()
    return zip(borders, borders.dropFirst()).map { pair in
      ChartBand(from: pair.0, to: pair.1, name: name(), isShaded: Bool.random(using: &random))
    }
  }

  private mutating func rules(_ low: Double, _ high: Double) -> [ChartRule] {
    (0..<count(0...3)).map { _ in ChartRule(y: number(low, high), name: name()) }
  }

  private mutating func layers(_ x: (Int) -> Double, _ low: Double, _ high: Double) -> [ChartLayer] {
    let forms: [ChartLayer.Form] = [.line, .dashed, .curve, .steps, .area, .dots, .rings]
    return (0..<count(1...7)).map { _ in
      ChartLayer(
        name(), ChartColor.allCases[count(0...8)], forms[count(0...forms.count - 1)], points(x, low, high))
    }
  }

  private mutating func timeSeries() -> XYChart {
    let (end, low) = (number(1, 100_000), number(1e-6, 1e4))
    let high = low * number(1, 1e5)
    let kind = [Axis.Kind.linear, .logarithmic][count(0...1)]
    return XYChart(
      title: "t", summary: "s", x: Axis("Time since the start", format: .elapsed, range: 0...end),
      y: Axis("log scale", kind, format: [AxisFormat.duration, .number][count(0...1)]),
      layers: layers({ Double($0) * end / 60 }, low, high), bands: bands(until: end), rules: rules(low, high),
      plotHeight: [110, 220][count(0...1)])
  }

  private mutating func percentiles() -> XYChart {
    let low = number(1e-6, 100)
    let step = number(0.01, 0.2)
    return XYChart(
      title: "t", summary: "s", x: Axis("", .nines, format: .percent),
      y: Axis("log scale", .logarithmic, format: .duration),
      layers: layers({ 1 - pow(10, -Double($0) * step) }, low, low * number(1, 1e4)),
      rules: rules(low, low * 100))
  }

  private mutating func distribution() -> XYChart {
    XYChart(
      title: "t", summary: "s", x: Axis("End to end, log scale", .logarithmic, format: .duration),
      y: Axis("jobs done", format: .percent, range: 0...1), layers: layers({ exp(Double($0) / 9) / 1e5 }, 0.01, 1))
  }

  private mutating func heatMap() -> HeatMapChart {
    let (columns, rows, end) = (count(1...90), count(1...40), number(1, 100_000))
    let low = number(1e-6, 10)
    let most = Int(number(1, 1e6))
    return HeatMapChart(
      title: "t", summary: "s", x: Axis("Time since the start", format: .elapsed, range: 0...end),
      y: Axis("end to end, log scale", .logarithmic, format: .duration), things: "jobs",
      columns: (0...columns).map { Double($0) * end / Double(columns) },
      rows: (0...rows).map { low * pow(10, Double($0) / 6) },
      counts: (0..<columns).map { _ in (0..<rows).map { _ in max(0, count(-most...most)) } }, bands: bands(until: end),
      rules: rules(low, low * 10))
  }

  private mutating func bars() -> StackedBarChart {
    let parts = ["submit", "queue wait", "run", "residual"]
    let scale = number(1e-6, 100)
    return StackedBarChart(
      title: "t", summary: "s", axis: Axis("", format: .duration),
      parts: parts.enumerated().map { .init($1, ChartColor.allCases[$0]) },
      bars: (0..<count(1...8)).map { index in
        .init(
          group: ["C++", "JavaScript"][index / 4], name: "p\(index)",
          values: parts.map { _ in number(0.001, 1) * scale },
          total: "1 min 59 s")
      })
  }

  private mutating func strips() -> StripChart {
    let scale = number(1e-6, 10)
    return StripChart(
      title: "t", summary: "s", axis: Axis("log scale", .logarithmic, format: .duration),
      rows: (0..<count(1...8)).map { index in
        let values = (0..<count(1...300)).map { _ in number(0.1, 10) * scale }.sorted()
        return .init(
          group: ["C++", "JavaScript"][index / 4], name: "warm", color: .blue, values: values,
          marks: [0.5, 0.9, 0.95, 0.99].map { share in
            let value = values[Int(share * Double(values.count - 1))]
            return .init("p\(Int(share * 100))", value, interval: value * 0.9...value * 1.1)
          }, note: "n=\(count(1...1_000_000))")
      })
  }

  private mutating func waterfall() -> WaterfallChart {
    let scale = number(1e-9, 1e6)
    return WaterfallChart(
      title: "t", summary: "s",
      steps: (0..<count(1...8)).map { index in
        .init(
          name(), index % 3 == 2 ? nil : number(0.001, 1) * scale, text: "$\(count(1...99_999)).00",
          color: ChartColor.allCases[index])
      })
  }
}
