import Charts
import RunRecords
import Statistics

/// A history as one page: a table, and a chart a figure, for each scenario.
struct HistoryPage {
  let history: RunHistory

  var html: String {
    let sections = history.groups.enumerated().map { section($0, $1) } + [skipped].compactMap(\.self)
    return PageFrame(
      title: "History", kicker: "rce-bench history", heading: "History",
      facts: [
        "\(EstimateText.count(history.groups.reduce(0) { $0 + $1.entries.count }, "run"))",
        "\(EstimateText.count(history.groups.count, "scenario"))",
      ],
      banner: "", sections: sections,
      foot: """
        Made by rce-bench from the <code>run.sqlite</code> of each run. Changes are those of E-Divisive with p below 0.05 by
        permutation; runs that are INVALID or PARTIAL do not count in them.
        """
    ).html.text
  }

  private func section(_ index: Int, _ group: RunHistory.Group) -> PageSection {
    PageSection(
      id: "scenario-\(index)", title: group.scenario, short: group.scenario, finding: finding(group),
      body: [table(group)] + HistoryFigure.allCases.compactMap { chart(index, $0, group) })
  }

  private func finding(_ group: RunHistory.Group) -> HTML {
    guard !group.changes.isEmpty else {
      return "No change that is more than chance in \(EstimateText.count(group.entries.count, "run"))."
    }
    let parts = group.changes.map { "<strong>\($0.text)</strong> since <code>\(verbatim: $0.runID)</code>. " as HTML }
    return "\(parts)"
  }

  private func table(_ group: RunHistory.Group) -> HTML {
    let marks = Dictionary(grouping: group.changes, by: \.runID)
    return HTMLTable(
      caption: "Runs of \(group.scenario)",
      columns: [.text("Run"), .text("Verdict"), .number("Jobs")] + HistoryFigure.allCases.map { .number($0.title) },
      rows: group.entries.map { entry in
        let changed = Set((marks[entry.info.id] ?? []).map(\.figure))
        let started = CivilTime(millisecondsSince1970: entry.info.startedAt).description
        let first: [HTML] = [
          "<code>\(verbatim: entry.info.id)</code>", "\(entry.word)<small>\(started)</small>",
          "\(QuantityText.grouped(entry.jobs))",
        ]
        return first
          + HistoryFigure.allCases.map { figure in
            let mark: HTML? = changed.contains(figure) ? "<small>change</small>" : nil
            return "\(entry.values[figure].map(figure.text) ?? "n/a")\(mark)"
          }
      }
    ).html
  }

  private func chart(_ index: Int, _ figure: HistoryFigure, _ group: RunHistory.Group) -> HTML? {
    let points = group.entries.enumerated().compactMap { position, entry in
      entry.values[figure].map { ChartPoint(Double(position + 1), figure.plotted($0)) }
    }
    guard points.count > 1 else { return nil }
    let changes = group.changes.filter { $0.figure == figure }
    let summary =
      changes.isEmpty
      ? "One point a run, oldest first; no change that is more than chance."
      : "One point a run, oldest first; bands begin where the level changed."
    let chart = XYChart(
      title: "\(group.scenario): \(figure.title)", summary: summary,
      x: Axis("run", format: .number, range: 1...Double(group.entries.count)),
      y: Axis(figure.unit, format: figure.format), layers: [ChartLayer(figure.title, .blue, .line, points)],
      bands: bands(changes, group))
    let table = HTMLTable(
      caption: "\(group.scenario): \(figure.title)", columns: [.text("Run"), .number(figure.title)],
      rows: group.entries.map { entry in
        ["<code>\(verbatim: entry.info.id)</code>", "\(entry.values[figure].map(figure.text) ?? "n/a")"]
      })
    return PageChart(id: "chart-\(index)-\(figure.rawValue)", chart: chart, table: table).html
  }

  /// The stretches between changes, by their medians.
  private func bands(_ changes: [RunHistory.Change], _ group: RunHistory.Group) -> [ChartBand] {
    let starts = changes.map { change in
      Double((group.entries.firstIndex { $0.info.id == change.runID } ?? 0) + 1)
    }
    guard let first = changes.first else { return [] }
    let borders = [1] + starts + [Double(group.entries.count)]
    let levels = [first.change.before] + changes.map(\.change.after)
    return levels.enumerated().map { index, level in
      ChartBand(
        from: borders[index], to: borders[index + 1], name: first.figure.text(level), isShaded: index % 2 == 1)
    }
  }

  private var skipped: PageSection? {
    guard !history.skipped.isEmpty else { return nil }
    let items = history.skipped.map { "<li><code>\(verbatim: $0.folder)</code>: \($0.reason)</li>\n" as HTML }
    return PageSection(
      id: "skipped", title: "Left out", short: "Left out", finding: "These folders could not be read.",
      body: ["<ul class=\"plain\">\n\(items)</ul>\n"])
  }
}

extension HistoryFigure {
  /// A value in the unit of its axis.
  fileprivate func plotted(_ value: Double) -> Double {
    switch self {
    case .e2eMedian, .e2eTail, .queueWait: value / 1e3
    case .goodput, .cold, .cost: value
    }
  }

  fileprivate var format: AxisFormat {
    switch self {
    case .e2eMedian, .e2eTail, .queueWait: .duration
    case .cold: .percent
    case .goodput, .cost: .number
    }
  }

  fileprivate var unit: String {
    switch self {
    case .goodput: "jobs a second"
    case .cost: "US dollars for 1,000 jobs"
    case .e2eMedian, .e2eTail, .queueWait, .cold: ""
    }
  }
}
