import Charts
import Jobs
import RunRecords
import Statistics

extension ReportPage {
  var decomposition: PageSection {
    PageSection(
      id: "decomposition", title: "Where the time goes", short: "Decomposition", finding: decompositionFinding,
      body: [decompositionChart].compactMap(\.self))
  }

  private var decompositionFinding: HTML {
    let all = figures.decompositions
    guard !all.isEmpty else {
      return nothingRecorded ?? "The platform gave no instants, so end-to-end time cannot be taken apart."
    }
    let places = Set(all.map(\.place))
    let how: HTML =
      places.contains(.warm)
      ? "There are too few jobs for bars at percentiles, so each bar is the mean of all warm jobs whose program completed, or of all that waited for a cold start."
      : "A bar at a percentile is the mean of the jobs around it: 5 % of the ranks to either side."
    return "\(largestPart)\(how)"
  }

  /// For each language the part that takes most of a typical job.
  private var largestPart: HTML? {
    let typical = figures.decompositions.filter { $0.place == .around(0.5) || $0.place == .warm }
    let largest = typical.compactMap { figures -> (part: Decomposition.Part, text: String)? in
      guard figures.e2e > 0, let part = figures.parts.max(by: { $0.nanoseconds < $1.nanoseconds }) else { return nil }
      let share = QuantityText.fixed(part.nanoseconds / figures.e2e * 100, decimals: 0)
      return (part.part, "\(figures.language.title) (\(share) %)")
    }
    let sentences = Decomposition.Part.allCases.compactMap { part -> HTML? in
      let languages = largest.filter { $0.part == part }.map(\.text)
      return languages.isEmpty
        ? nil : "<strong>\(part.title)</strong> takes most of a typical job in \(Self.listed(languages)). "
    }
    return sentences.isEmpty ? nil : "\(sentences)"
  }

  /// `a`, `a and b`, `a, b and c`.
  static func listed(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return "\(words.dropLast().joined(separator: ", ")) and \(last)"
  }

  private var decompositionChart: HTML? {
    let all = figures.decompositions
    guard !all.isEmpty else { return nil }
    let chart = StackedBarChart(
      title: "Parts of end-to-end time, by language",
      summary:
        "Submit ends when the queue has the message; the residual is reading the result and what the clocks leave open.",
      axis: Axis("", format: .duration),
      parts: Decomposition.Part.allCases.map { .init($0.title.lowercased(), $0.color) },
      bars: all.map { figures in
        StackedBarChart.Bar(
          group: figures.language.title, name: figures.place.title,
          values: figures.parts.map { max(0, $0.nanoseconds) / 1e9 },
          total: QuantityText.duration(nanoseconds: figures.e2e))
      }, rowsAreInTable: true)
    return PageChart(id: "chart-decomposition", chart: chart, table: decompositionTable).html
  }

  private var decompositionTable: HTMLTable {
    HTMLTable(
      caption: "Mean of each part",
      columns: [.text("Language"), .text("At"), .number("Jobs")]
        + Decomposition.Part.allCases.map { .number($0.title) } + [.number("End to end")],
      rows: figures.decompositions.map { figures in
        ["\(figures.language.title)", "\(figures.place.title)", "\(QuantityText.grouped(figures.count))"]
          + figures.parts.map { "\(QuantityText.duration(nanoseconds: $0.nanoseconds))" }
          + ["\(QuantityText.duration(nanoseconds: figures.e2e))"]
      })
  }
}

extension Decomposition.Part {
  /// Neighbours in a bar differ in hue and in lightness.
  var color: ChartColor {
    switch self {
    case .lateness: .gray
    case .submit: .green
    case .queueWait: .orange
    case .coldStart: .sky
    case .compile: .purple
    case .run: .blue
    case .publish: .vermillion
    case .notice: .yellow
    case .residual: .silver
    }
  }
}
