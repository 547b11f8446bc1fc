import CapacityPlanning
import Charts
import RunRecords
import Statistics

extension CapacityPlanPage {
  private var probability: Double { model.objective.latency?.probability ?? 0.95 }

  var curve: PageSection {
    PageSection(
      id: "curve", title: "Throughput and latency", short: "Curve", finding: curveFinding,
      body: [latencyChart, throughputChart])
  }

  private var curveFinding: HTML {
    guard let estimate = model.estimate else { return "No level of load held the objective." }
    let knee = model.knee.map { " Throughput bends at \(QuantityText.number($0))/s (Kneedle)." as HTML }
    let how: HTML =
      switch estimate.method {
      case .curve:
        "The curve through the levels meets the objective at <strong>\(QuantityText.number(estimate.rate))/s</strong>, inside the measured bracket."
      case .lastPass: "The highest level that held is <strong>\(QuantityText.number(estimate.rate))/s</strong>."
      case .atLeast: "Every level held, the highest at <strong>\(QuantityText.number(estimate.rate))/s</strong>."
      }
    return "\(how)\(knee)"
  }

  private var latencyChart: HTML {
    let name = PercentileRule.name(probability)
    let known = model.levels.compactMap { level -> (JudgedStep, QuantileEstimate, Double)? in
      let estimate = level.step.endToEnd.quantile(probability)
      return estimate.exact.map { (level, estimate, Double($0) / 1e9) }
    }
    func points(_ passed: Bool) -> [ChartPoint] {
      known.filter { $0.0.passed == passed }.map { ChartPoint($0.0.step.rate, $0.2) }
    }
    let banded = known.filter { $0.1.lower != nil && $0.1.upper != nil }
    let band = ChartLayer(
      "interval", .sky,
      .range(upper: banded.map { ChartPoint($0.0.step.rate, Double($0.1.upper ?? 0) / 1e9) }),
      banded.map { ChartPoint($0.0.step.rate, Double($0.1.lower ?? 0) / 1e9) })
    let layers =
      [band] + modelCurve + [
        ChartLayer("held", .blue, .dots, points(true)), ChartLayer("failed", .vermillion, .rings, points(false)),
      ] + sustainable
    let rules = model.objective.latency.map { [ChartRule(y: $0.seconds, name: "objective")] } ?? []
    let chart = XYChart(
      title: "\(name) of end-to-end time by rate",
      summary: "Dots held, rings did not; the band is the 95 % interval, the line the curve that was fitted.",
      x: Axis("jobs a second", format: .number), y: Axis("\(name), log scale", .logarithmic, format: .duration),
      layers: layers, rules: rules, rows: model.levels.map(\.step.rate))
    return PageChart(id: "chart-latency", chart: chart, table: levelTable).html
  }

  private var modelCurve: [ChartLayer] {
    guard let estimate = model.estimate, let ceiling = estimate.ceiling else { return [] }
    let points = (1...80).compactMap { step -> ChartPoint? in
      let rate = ceiling * Double(step) / 81
      return estimate.latency(at: rate).map { ChartPoint(rate, $0) }
    }
    return points.isEmpty ? [] : [ChartLayer("fitted", .purple, .curve, points)]
  }

  private var levelTable: HTMLTable {
    HTMLTable(
      caption: "Levels of load",
      columns: [
        .number("Rate/s"), .number("Done/s"), .number("In flight"), .number("p50"), .number("p95"), .number("p99"),
        .text("Verdict"),
      ],
      rows: model.levels.map { level in
        let step = level.step
        return [
          "\(QuantityText.number(step.rate))", "\(QuantityText.number(step.throughput))",
          "\(QuantityText.number(step.inFlight))",
        ] + [0.5, 0.95, 0.99].map { "\(EstimateText.explained(step.endToEnd.quantile($0)))" as HTML }
          + ["\(level.passed ? "holds" : "fails: \(level.reasons.joined(separator: "; "))")"]
      })
  }

  private var throughputChart: HTML {
    let most = model.levels.map(\.step.rate).max() ?? 1
    let chart = XYChart(
      title: "Results a second by rate", summary: "Below the dashed line jobs come faster than they are done.",
      x: Axis("jobs a second", format: .number), y: Axis("results/s", format: .number),
      layers: [
        ChartLayer("all done", .gray, .dashed, [ChartPoint(0, 0), ChartPoint(most, most)]),
        ChartLayer("done", .blue, .line, model.levels.map { ChartPoint($0.step.rate, $0.step.throughput) }),
      ] + knee, rows: model.levels.map(\.step.rate))
    return PageChart(id: "chart-throughput", chart: chart, table: levelTable).html
  }

  private var knee: [ChartLayer] {
    guard let knee = model.knee, let level = model.levels.first(where: { $0.step.rate == knee }) else { return [] }
    return [ChartLayer("knee", .vermillion, .rings, [ChartPoint(knee, level.step.throughput)])]
  }

  /// The answer on the curve.
  private var sustainable: [ChartLayer] {
    guard let estimate = model.estimate, let seconds = estimate.latency(at: estimate.rate) else { return [] }
    return [ChartLayer("sustainable", .green, .rings, [ChartPoint(estimate.rate, seconds)])]
  }

  var scalability: PageSection {
    guard let figures = model.scalability else {
      return PageSection(
        id: "scalability", title: "Scalability law", short: "Scalability",
        finding: "There is none: \(model.noScalabilityReason ?? "nothing to fit").", body: [])
    }
    let peak: HTML =
      figures.peakConcurrency.map { n in
        "Throughput peaks at \(QuantityText.number(figures.peakThroughput ?? 0))/s with \(QuantityText.number(n)) jobs in flight\(figures.peakIsExtrapolated ? ", beyond every measured level" : "")."
      } ?? "No peak is claimed: \(figures.noPeakReason ?? "")."
    return PageSection(
      id: "scalability", title: "Scalability law", short: "Scalability",
      finding:
        "Gunther's law over stable levels, R² \(QuantityText.fixed(figures.fit.determination, decimals: 4)). \(peak)",
      body: [scalabilityChart(figures), parameterTable(figures)])
  }

  private func scalabilityChart(_ figures: ScalabilityFigures) -> HTML {
    let most = figures.levels.map(\.concurrency).max() ?? 1
    let law = figures.fit.law
    let curve = (0...60).map { step in
      let n = 1 + (most - 1) * Double(step) / 60
      return ChartPoint(n, law.throughput(at: n))
    }
    let limits = plan.ceilings.filter { $0.isMeasured }.map { ChartRule(y: $0.rate, name: $0.name.lowercased()) }
    let chart = XYChart(
      title: "Results a second by jobs in flight",
      summary: "Dots were measured, the line is the law; ceilings are ruled.",
      x: Axis("jobs in flight", format: .number), y: Axis("results/s", format: .number),
      layers: [
        ChartLayer("law", .purple, .curve, curve),
        ChartLayer("measured", .blue, .dots, figures.levels.map { ChartPoint($0.concurrency, $0.throughput) }),
      ], rules: limits, rows: figures.levels.map(\.concurrency))
    let table = HTMLTable(
      caption: "Levels against the law",
      columns: [
        .number("In flight"), .number("Measured/s"), .number("Law/s"), .number("Residual"), .number("Efficiency"),
      ],
      rows: figures.levels.map { level in
        [level.concurrency, level.throughput, level.fitted, level.residual].map { "\(QuantityText.number($0))" as HTML }
          + ["\(QuantityText.percent(level.efficiency))"]
      })
    return PageChart(id: "chart-scalability", chart: chart, table: table).html
  }

  private func parameterTable(_ figures: ScalabilityFigures) -> HTML {
    let (law, fit) = (figures.fit.law, figures.fit)
    let rows = [
      ("lambda, throughput of one", law.lambda, fit.lambda), ("sigma, contention", law.sigma, fit.sigma),
      ("kappa, coherence", law.kappa, fit.kappa),
    ]
    return HTMLTable(
      caption: "Parameters", columns: [.text("Parameter"), .number("Value"), .number("95 % from"), .number("to")],
      rows: rows.map { name, value, interval in
        ["\(name)"] + [value, interval.lowerBound, interval.upperBound].map { "\(QuantityText.number($0))" as HTML }
      }
    ).html
  }
}
