import Charts
import RunRecords
import Statistics

extension ReportPage {
  var distributionChart: HTML? {
    guard let all = figures.cold.all, all.cold.count >= 10, all.warm.count >= 10 else { return nil }
    let chart = XYChart(
      title: "Share of jobs done within a time, cold against warm",
      summary:
        "Cumulative distribution of end-to-end time; a curve that ends below 100 % has jobs that never finished.",
      x: Axis("End to end, log scale", .logarithmic, format: .duration),
      y: Axis("jobs done", format: .percent, range: 0...1),
      layers: [
        ChartLayer("warm", .blue, .steps, Self.distribution(all.warm)),
        ChartLayer("cold", .orange, .steps, Self.distribution(all.cold)),
      ])
    let table = HTMLTable(
      caption: "Cold and warm percentiles", columns: [.text("Percentile"), .number("Warm"), .number("Cold")],
      rows: PercentileRule.printed.map { probability in
        [
          "\(PercentileRule.name(probability))", "\(EstimateText.explained(all.warm.quantile(probability)))",
          "\(EstimateText.explained(all.cold.quantile(probability)))",
        ]
      })
    return PageChart(id: "chart-distribution", chart: chart, table: table).html
  }

  /// At most 300 points of a cumulative distribution, evenly by rank, the first and the last included.
  private static func distribution(_ sample: Sample) -> [ChartPoint] {
    let (values, total) = (sample.finished, Double(sample.count))
    let ranks = values.count <= 300 ? Array(values.indices) : (0..<300).map { $0 * (values.count - 1) / 299 }
    return ranks.map { ChartPoint(seconds(values[$0]), Double($0 + 1) / total) }
  }

  var chanceChart: HTML? {
    let splits = figures.cold.splits.filter { $0.waited.count > 0 }
    // An interval over fewer jobs is so wide that it would squeeze all others.
    let gaps = figures.environments.gaps.filter { $0.waited.count >= 10 }
    guard !splits.isEmpty, splits[0].waited.successes > 0 || gaps.count > 1 else { return nil }
    let shares =
      splits.enumerated().map { (group: $0 == 0 ? "" : "Language", name: $1.scope.title, waited: $1.waited) }
      + gaps.map { (group: "Idle before", name: $0.title, waited: $0.waited) }
    let chart = StripChart(
      title: "How often a job waited for a cold start",
      summary:
        "Shares with 95 % intervals, by language and by how long the platform had had nothing to do when the job was accepted; idle times of fewer than ten jobs are left out.",
      axis: Axis("P(cold)", format: .percent),
      rows: shares.map { share in
        StripChart.Row(
          group: share.group, name: share.name, color: .orange, values: [],
          marks: [
            .init(
              QuantityText.percent(share.waited.proportion), share.waited.proportion,
              interval: share.waited.lower...share.waited.upper)
          ], note: "\(QuantityText.grouped(share.waited.successes)) of \(QuantityText.grouped(share.waited.count))")
      }, rowsAreInTable: true)
    let table = HTMLTable(
      caption: "Share of jobs that waited for a cold start",
      columns: [.text("Jobs"), .number("Known"), .number("Cold"), .number("P(cold)"), .number("95 % interval")],
      rows: shares.map { share in
        [
          "\(share.group.isEmpty ? share.name : "\(share.group): \(share.name)")",
          "\(QuantityText.grouped(share.waited.count))", "\(QuantityText.grouped(share.waited.successes))",
          "\(QuantityText.percent(share.waited.proportion))", "\(EstimateText.interval(share.waited))",
        ]
      })
    return PageChart(id: "chart-chance", chart: chart, table: table).html
  }

  var environmentChart: HTML? {
    let alive = figures.environments.alive
    guard alive.count > 1, figures.deployment?.knowsEnvironments ?? true else { return nil }
    let step = stepSeconds
    let starts = Array(stride(from: 0, to: alive.count, by: step))
    let most = starts.map { alive[$0..<min(alive.count, $0 + step)].max() ?? 0 }
    let cold = starts.map { start in
      figures.windows[start..<min(figures.windows.count, start + step)].reduce(0) { $0 + $1.cold }
    }
    func steps(_ values: [Int]) -> [ChartPoint] {
      zip(starts, values).map { ChartPoint(Double($0), Double($1)) }
        + [ChartPoint(Double(alive.count), Double(values.last ?? 0))]
    }
    let chart = XYChart(
      title: "Environments over time",
      summary:
        "Environments between their first and their last job, and jobs that had waited for a cold start, in steps of \(EstimateText.count(step, "second")).\(shading)",
      x: elapsed, y: Axis("environments, jobs", format: .number),
      layers: [
        ChartLayer("environments", .green, .area, steps(most)), ChartLayer("cold starts", .orange, .steps, steps(cold)),
      ], bands: bands, plotHeight: 130, rows: stepMiddles)
    let table = HTMLTable(
      caption: "Environments and cold starts over time",
      columns: [.text("Time"), .number("Environments"), .number("Cold starts")],
      rows: starts.indices.map { index in
        [Self.span(starts[index], step), "\(most[index])", "\(QuantityText.grouped(cold[index]))"]
      })
    return PageChart(id: "chart-environments", chart: chart, table: table).html
  }
}
