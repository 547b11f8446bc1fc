import Charts
import Jobs
import RunRecords
import Statistics

extension ComparisonPage {
  var decomposition: PageSection {
    let bars = allSides.map { (side: $0, bars: DecompositionBar.all($0)) }
    let places = bars[0].bars.filter { bar in
      bars.allSatisfy { $0.bars.contains { $0.language == bar.language && $0.place == bar.place } }
    }
    let rows = places.flatMap { place in
      bars.compactMap { side, all in
        all.first { $0.language == place.language && $0.place == place.place }.map { (side, $0) }
      }
    }
    return PageSection(
      id: "decomposition", title: "Where the time goes", short: "Decomposition",
      finding: rows.isEmpty
        ? "The sides have no language in common of which the platform told its instants."
        : "The parts of a job's time, side by side: a part that grew is where to look.",
      body: rows.isEmpty ? [] : [decompositionChart(rows)])
  }

  private func decompositionChart(_ rows: [(ComparedSide, DecompositionBar)]) -> HTML {
    let chart = StackedBarChart(
      title: "Parts of end-to-end time, side by side",
      summary: "One bar a side, for each language and place of its distribution.", axis: Axis("", format: .duration),
      parts: Decomposition.Part.allCases.map { .init($0.title.lowercased(), $0.color) },
      bars: rows.map { side, bar in
        StackedBarChart.Bar(
          group: "\(bar.language.title), \(bar.place.title)", name: side.label,
          values: bar.parts.map { max(0, $0) / 1e9 }, total: QuantityText.duration(nanoseconds: bar.e2e))
      })
    let table = HTMLTable(
      caption: "Mean of each part, side by side",
      columns: [.text("Jobs"), .text("Side"), .number("n")]
        + Decomposition.Part.allCases.map { .number($0.title) } + [.number("End to end")],
      rows: rows.map { side, bar in
        ["\(bar.language.title), \(bar.place.title)", "\(side.label)", "\(QuantityText.grouped(bar.count))"]
          + bar.parts.map { "\(QuantityText.duration(nanoseconds: $0))" }
          + ["\(QuantityText.duration(nanoseconds: bar.e2e))"]
      })
    return PageChart(id: "chart-decomposition", chart: chart, table: table).html
  }

  var shares: PageSection {
    PageSection(
      id: "outcomes", title: "How jobs ended", short: "Outcomes",
      finding: """
        Fewer successes are a regression where the interval leaves 0 out and the drop is above
        \(QuantityText.percent(comparison.options.outcomeMargin)).
        """,
      body: candidates.map(shareTable))
  }

  private func shareTable(_ candidate: CandidateComparison) -> HTML {
    let (first, second) = (comparison.baseline.label, candidate.side.label)
    let outcomes = candidate.outcomes.map { ($0.outcome.title, $0.shift, $0.verdict?.badge) }
    let cold = candidate.cold.map { [("Waited for a cold start", $0.shift, nil as HTML?)] } ?? []
    return HTMLTable(
      caption: "Shares of jobs, \(first) to \(second)",
      columns: [.text("Share of jobs"), .number(first), .number(second), .number("Shift"), .text("Verdict")],
      rows: (outcomes + cold).map { title, shift, badge in
        [
          "\(title)", shareCell(shift.baseline), shareCell(shift.candidate),
          "\(ShiftText.points(shift.value))<small>\(ShiftText.pointInterval(shift))</small>", "\(badge)",
        ]
      }
    ).html
  }

  private func shareCell(_ share: WilsonInterval) -> HTML {
    """
    \(QuantityText.percent(share.proportion))<small>\(QuantityText.grouped(share.successes)) of \
    \(QuantityText.grouped(share.count)): \(EstimateText.interval(share))</small>
    """
  }

  var runFigures: PageSection {
    PageSection(
      id: "rates", title: "Rates and cost", short: "Rates and cost",
      finding:
        "Every run has one of each, so an interval needs several runs a side. Cost is at the margin, as if on AWS.",
      body: candidates.map(runFigureTable) + [CostFrontier(allSides).chart(of: "side")].compactMap(\.self))
  }

  private func runFigureTable(_ candidate: CandidateComparison) -> HTML {
    let (first, second) = (comparison.baseline.label, candidate.side.label)
    return HTMLTable(
      caption: "Rates and cost, \(first) to \(second)",
      columns: [.text("Figure"), .number(first), .number(second), .number("Shift")],
      rows: candidate.runFigures.map { row in
        let interval = ShiftText.shareInterval(row.shift)
        return [
          "\(row.figure.title)", "\(row.figure.text(row.baseline))", "\(row.figure.text(row.candidate))",
          "\(ShiftText.share(row.shift.share(row.shift.value)))<small>\(interval.isEmpty ? "unknown" : interval)</small>",
        ]
      }
    ).html
  }

  var differences: PageSection {
    let same = candidates.allSatisfy { $0.differences.facts.isEmpty && $0.differences.scenario.isEmpty }
    return PageSection(
      id: "differences", title: "What else is not the same", short: "Differences",
      finding: same
        ? "Scenario, target, machine and versions are the same."
        : "A shift may come from any of these, and not from the platform.",
      body: same ? [] : candidates.flatMap { [factTable($0), scenarioLines($0)].compactMap(\.self) })
  }

  private func factTable(_ candidate: CandidateComparison) -> HTML? {
    guard !candidate.differences.facts.isEmpty else { return nil }
    let (first, second) = (comparison.baseline.label, candidate.side.label)
    return HTMLTable(
      caption: "Facts that differ, \(first) to \(second)", columns: [.text("Fact"), .text(first), .text(second)],
      rows: candidate.differences.facts.map { ["\($0.name)", "\($0.baseline)", "\($0.candidate)"] }, stacks: true
    ).html
  }

  private func scenarioLines(_ candidate: CandidateComparison) -> HTML? {
    let lines = candidate.differences.scenario
    guard !lines.isEmpty else { return nil }
    let shown = lines.prefix(400).map { "\($0.isAdded ? "+" : "-") \(verbatim: $0.text)\n" as HTML }
    return """
      <h3>The scenario, \(comparison.baseline.label) to \(candidate.side.label)</h3>
      <pre>\(Array(shown))</pre>

      """
  }
}
