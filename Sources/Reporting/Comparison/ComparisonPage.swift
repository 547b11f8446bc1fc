import RunRecords
import Statistics

/// A comparison as one page of the same kind as a report's.
struct ComparisonPage {
  let comparison: RunComparison

  var html: String {
    PageFrame(
      title: "\(scenario): \(comparison.verdict.title)", kicker: "rce-bench comparison", heading: "\(scenario)",
      lede: "\(lede)", facts: facts, banner: banner,
      sections: [sides, endToEnd, series, decomposition, shares, runFigures, differences, reading],
      foot: "Made by rce-bench from the <code>run.sqlite</code> of each run."
    ).html.text
  }

  var candidates: [CandidateComparison] { comparison.candidates }
  var allSides: [ComparedSide] { [comparison.baseline] + candidates.map(\.side) }

  private var scenario: String { comparison.baseline.runs[0].info.scenario }

  private var lede: String {
    let others = ReportPage.listed(candidates.map(\.side.label))
    return
      "\(others) against \(comparison.baseline.label), \(EstimateText.count(allSides.reduce(0) { $0 + $1.count }, "job")) in all."
  }

  private var facts: [HTML] {
    let options = comparison.options
    return [
      "chance of a false alarm \(QuantityText.percent(options.alpha))",
      "margin \(QuantityText.percent(options.margin))",
    ]
  }

  private var banner: HTML {
    """
    <section id="verdict" class="banner" aria-label="Verdict">
    <ul class="verdicts">
    \(candidates.map(tile))</ul>
    </section>

    """
  }

  private func tile(_ candidate: CandidateComparison) -> HTML {
    let verdict = candidate.verdict
    let typical = candidate.headline.first { $0.scope == .all && $0.figure == .typical }
    let shift = typical.map { row -> HTML in
      """
      <p>A typical job takes \(ShiftText.duration(row.shift.value)) (\(ShiftText.share(row.shift.share(row.shift.value)))) \
      end to end; interval \(ShiftText.interval(row.shift)).</p>

      """
    }
    let rows = candidate.headline.filter { $0.verdict == .regression || $0.verdict == .improvement }
    let found = rows.prefix(4).map {
      "<p>\($0.scope.title), \($0.figure.title): \($0.verdict.title) of \(ShiftText.share($0.shift.share($0.shift.value))).</p>\n"
        as HTML
    }
    let sign = "<span class=\"sign\" aria-hidden=\"true\">\(verdict.sign)</span>" as HTML
    return """
      <li class="\(verdict.mood)"><p class="word">\(sign)\(candidate.side.label): \(verdict.title)</p>
      \(shift)\(found)</li>

      """
  }

  private var sides: PageSection {
    let table = HTMLTable(
      caption: "The runs",
      columns: [
        .text("Side"), .text("Run"), .text("Started"), .number("Jobs"), .text("Validity"),
      ],
      rows: allSides.flatMap { side in
        side.runs.map { run in
          [
            "\(side.label)", "<code>\(verbatim: run.info.id)</code>",
            "\(CivilTime(millisecondsSince1970: run.info.startedAt).description)",
            "\(QuantityText.grouped(run.jobs.count))",
            "\(run.validity.verdict.rawValue)\(run.info.partial ? ", PARTIAL" : "")",
          ]
        }
      })
    return PageSection(
      id: "sides", title: "The runs", short: "Runs", finding: warningsFinding, body: [warnings, table.html])
  }

  private var distinctWarnings: [String] {
    var seen: Set<String> = []
    return candidates.flatMap(\.warnings).filter { seen.insert($0).inserted }
  }

  private var warningsFinding: HTML {
    distinctWarnings.isEmpty
      ? "Every run is VALID, and every side has more than one." : "Before any of this is believed:"
  }

  private var warnings: HTML {
    guard !distinctWarnings.isEmpty else { return "" }
    return "<ul class=\"plain\">\n\(distinctWarnings.map { "<li>\($0)</li>\n" as HTML })</ul>\n"
  }

  private var reading: PageSection {
    PageSection(
      id: "reading", title: "How to read it", short: "How to read it", finding: "\(comparison.legend)",
      body: [
        """
        <p class="note">The shift of a typical job is Hodges and Lehmann's: the median of all differences between a job of one
        side and a job of the other, its interval from the test of Mann and Whitney, widened where jobs that follow each
        other are alike. Shifts of percentiles join the exact intervals of both sides. With several runs a side each run is
        one value, compared by Welch's interval. Shares have Newcombe's interval.</p>

        """
      ])
  }
}

extension ShiftVerdict {
  /// The class of a tile or badge.
  var mood: String {
    switch self {
    case .regression: "bad"
    case .improvement: "good"
    case .noChange: "none"
    case .inconclusive: "fair"
    }
  }

  var badge: HTML { "<span class=\"badge \(mood)\">\(sign) \(title)</span>" }
}
