public import CapacityPlanning
import Statistics

/// What the calculators say, for a terminal.
public enum CalculatorText {
  /// A fitted scalability law: parameters with intervals, the peak or why there is none, and each level's residual.
  public static func text(_ figures: ScalabilityFigures) -> String {
    let (law, fit) = (figures.fit.law, figures.fit)
    let parameters = TextTable(
      columns: [.text("parameter"), .number("value"), .number("from"), .number("to"), .text("meaning")],
      rows: [
        row("lambda", law.lambda, fit.lambda, "throughput of one"),
        row("sigma", law.sigma, fit.sigma, "share that contends"),
        row("kappa", law.kappa, fit.kappa, "cost of coherence"),
      ])
    let levels = TextTable(
      columns: [
        .number("concurrency"), .number("throughput"), .number("fitted"), .number("residual"), .number("efficiency"),
      ],
      rows: figures.levels.map {
        [
          QuantityText.number($0.concurrency), QuantityText.number($0.throughput), QuantityText.number($0.fitted),
          QuantityText.number($0.residual), QuantityText.percent($0.efficiency),
        ]
      })
    let quality =
      "  typical residual \(QuantityText.number(fit.residualStandardError)), R² \(QuantityText.fixed(fit.determination, decimals: 4))"
    return (parameters.lines() + ["", peak(figures), quality, ""] + levels.lines()).joined(separator: "\n") + "\n"
  }

  private static func row(
    _ name: String, _ value: Double, _ interval: ClosedRange<Double>, _ meaning: String
  ) -> [String] {
    [name, small(value), small(interval.lowerBound), small(interval.upperBound), meaning]
  }

  private static func small(_ value: Double) -> String {
    abs(value) >= 0.001 || value == 0 ? QuantityText.number(value) : "\(QuantityText.number(value * 1e6))e-6"
  }

  private static func peak(_ figures: ScalabilityFigures) -> String {
    guard let concurrency = figures.peakConcurrency, let throughput = figures.peakThroughput else {
      return "  no peak: \(figures.noPeakReason ?? "")"
    }
    let beyond = figures.peakIsExtrapolated ? ", beyond every measured level: the law's word alone" : ""
    return
      "  peak \(QuantityText.number(throughput))/s at a concurrency of \(QuantityText.number(concurrency))\(beyond)"
  }

  /// Waiting before equal servers.
  public static func text(_ figures: QueueFigures) -> String {
    let rows = [
      ["rho", QuantityText.percent(figures.rho), "share of time that a server is busy"],
      ["erlang B", QuantityText.percent(figures.erlangB), "find all busy, where they then go away"],
      ["erlang C", QuantityText.percent(figures.erlangC), "wait, where they stay"],
      ["Wq", seconds(figures.wq), "mean wait"], ["W", seconds(figures.w), "mean wait and service"],
      ["Lq", QuantityText.number(figures.lq), "mean jobs in the queue"],
      ["Wq p95", seconds(figures.wq95), "wait that 95 % do not exceed"],
      ["Wq p99", seconds(figures.wq99), "wait that 99 % do not exceed"],
    ]
    return table(rows)
  }

  /// The fewest servers.
  public static func text(_ figures: SizeFigures) -> String {
    table([
      ["servers", QuantityText.grouped(figures.servers), "fewest that keep the bound"],
      ["rho", QuantityText.percent(figures.rho), "share of time that a server is busy"],
      ["Wq p99", seconds(figures.wq99), "wait that 99 % do not exceed"],
      ["beta", QuantityText.number(figures.beta), "spare servers in square roots of the load"],
    ])
  }

  /// How long a burst takes.
  public static func text(_ drain: BurstDrain) -> String {
    table([
      ["drained", seconds(drain.seconds), "from the burst to the end of its last job"],
      ["environments", QuantityText.number(drain.concurrency.rounded()), "busy at the end"],
      ["throughput", "\(QuantityText.number(drain.jobs / drain.seconds))/s", "mean over the drain"],
    ])
  }

  private static func seconds(_ value: Double) -> String { QuantityText.duration(nanoseconds: value * 1e9) }

  private static func table(_ rows: [[String]]) -> String {
    let columns: [TextTable.Column] = [.text("figure"), .number("value"), .text("meaning")]
    return TextTable(columns: columns, rows: rows).lines().joined(separator: "\n") + "\n"
  }
}
