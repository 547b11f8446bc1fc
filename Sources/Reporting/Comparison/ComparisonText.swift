import Foundation
import Pricing
import RunRecords
import Statistics

/// A comparison for a terminal.
struct ComparisonText {
  let comparison: RunComparison
  let terminal: TerminalText

  var text: String {
    let parts = [[title], sides, comparison.candidates.flatMap(candidate), [legend]]
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var title: String {
    let scenario = TerminalText.plain(comparison.baseline.runs[0].info.scenario)
    return "\(terminal.paint(scenario, .bold))   \(word(comparison.verdict))"
  }

  private var sides: [String] {
    let all = [comparison.baseline] + comparison.candidates.map(\.side)
    let rows = all.enumerated().flatMap { index, side in
      side.runs.enumerated().map { position, run in
        [
          position == 0 ? side.label : "", position > 0 ? "" : index == 0 ? "baseline" : "candidate", run.info.id,
          run.validity.verdict.rawValue + (run.info.partial ? ", PARTIAL" : ""),
          EstimateText.count(run.jobs.count, "job"),
          CivilTime(millisecondsSince1970: run.info.startedAt).description,
        ].map(TerminalText.plain)
      }
    }
    return TextTable(columns: (0..<6).map { _ in .text("") }, rows: rows).lines()
  }

  private func candidate(_ candidate: CandidateComparison) -> [String] {
    let name = "\(comparison.baseline.label) to \(candidate.side.label)"
    let head = "\(terminal.paint(name, .bold))   \(word(candidate.verdict))"
    return [head, ""] + shifts(candidate.headline, candidate) + [""] + shifts(candidate.details, candidate) + [""]
      + shares(candidate) + [""] + runFigures(candidate) + differences(candidate) + warnings(candidate)
  }

  private func shifts(_ rows: [SeriesShift], _ candidate: CandidateComparison) -> [String] {
    guard !rows.isEmpty else { return [] }
    var last = ""
    let table = TextTable(
      columns: [
        .text("series"), .text("jobs"), .text("figure"), .number(comparison.baseline.label),
        .number(candidate.side.label), .number("shift"), .number(""), .number("interval"), .number("larger"),
        .number("detectable"), .text("verdict"),
      ],
      rows: rows.map { row in
        let series = row.series.title == last ? "" : row.series.title
        last = row.series.title
        return [
          series, TerminalText.plain(row.scope.title), row.figure.title, ShiftText.side(row.baseline),
          ShiftText.side(row.candidate), ShiftText.duration(row.shift.value),
          ShiftText.share(row.shift.share(row.shift.value)), ShiftText.interval(row.shift),
          QuantityText.percent(row.superiority),
          row.detectable.map { QuantityText.duration(nanoseconds: $0) } ?? "unknown",
          "\(row.verdict.sign) \(row.verdict.title)",
        ]
      })
    return painted(table, rows.map(\.verdict), column: 10)
  }

  private func shares(_ candidate: CandidateComparison) -> [String] {
    let outcomes = candidate.outcomes.map { ($0.outcome.title, $0.shift, $0.verdict) }
    let cold = candidate.cold.map { [("Waited for a cold start", $0.shift, nil as ShiftVerdict?)] } ?? []
    let all = outcomes + cold
    let table = TextTable(
      columns: [
        .text("share of jobs"), .number(comparison.baseline.label), .number(candidate.side.label), .number("shift"),
        .number("interval"), .text("verdict"),
      ],
      rows: all.map { title, shift, verdict in
        [
          title, QuantityText.percent(shift.baseline.proportion), QuantityText.percent(shift.candidate.proportion),
          ShiftText.points(shift.value), ShiftText.pointInterval(shift),
          verdict.map { "\($0.sign) \($0.title)" } ?? "",
        ]
      })
    return painted(table, all.map(\.2), column: 5)
  }

  private func runFigures(_ candidate: CandidateComparison) -> [String] {
    TextTable(
      columns: [
        .text("by run"), .number(comparison.baseline.label), .number(candidate.side.label), .number("shift"),
        .number("interval"),
      ],
      rows: candidate.runFigures.map { row in
        [
          row.figure.title, row.figure.text(row.baseline), row.figure.text(row.candidate),
          ShiftText.share(row.shift.share(row.shift.value)),
          ShiftText.shareInterval(row.shift).isEmpty ? "unknown" : ShiftText.shareInterval(row.shift),
        ]
      }
    ).lines()
  }

  private func painted(_ table: TextTable, _ verdicts: [ShiftVerdict?], column: Int) -> [String] {
    table.lines { row, place, cell in
      if row < 0 { return terminal.paint(cell, .dim) }
      guard place == column, let verdict = verdicts[row] else { return cell }
      return paint(cell, verdict)
    }
  }

  private func differences(_ candidate: CandidateComparison) -> [String] {
    let all = candidate.differences
    let facts = all.facts.map { "  \($0.name): \(TerminalText.plain("\($0.baseline) to \($0.candidate)"))" }
    let lines = all.scenario.prefix(40).map { "    \($0.isAdded ? "+" : "-") \(TerminalText.plain($0.text))" }
    let more = all.scenario.count > 40 ? ["    and \(all.scenario.count - 40) lines more"] : []
    return (facts.isEmpty ? [] : ["", "not the same"] + facts)
      + (lines.isEmpty ? [] : ["", "scenario, line by line"] + lines + more)
  }

  private func warnings(_ candidate: CandidateComparison) -> [String] {
    guard !candidate.warnings.isEmpty else { return [] }
    return [""] + candidate.warnings.map { "  \(terminal.paint("!", .yellow)) \(TerminalText.plain($0))" }
  }

  private var legend: String { terminal.paint(comparison.legend, .dim) }

  private func word(_ verdict: ShiftVerdict) -> String { paint("\(verdict.sign) \(verdict.title)", verdict) }

  private func paint(_ text: String, _ verdict: ShiftVerdict) -> String {
    switch verdict {
    case .regression: terminal.paint(text, .red)
    case .improvement: terminal.paint(text, .green)
    case .noChange: text
    case .inconclusive: terminal.paint(text, .yellow)
    }
  }
}

extension RunComparison {
  /// How the figures are to be read, in a few sentences.
  var legend: String {
    let level = QuantityText.percent(1 - options.alpha)
    let margin = QuantityText.percent(options.margin)
    return """
      Intervals of end to end hold together at \(level), the others each at \(level). A regression or an improvement needs
      an interval without 0 and a shift above \(margin); "no change" is shown by an equivalence test within \(margin).
      larger: the chance that a job of the candidate takes longer than one of the baseline.
      detectable: the smallest shift that would be found in four cases of five.
      """
  }
}

extension RunFigureShift.Figure {
  /// A value in the figure's unit.
  func text(_ value: Double) -> String {
    self == .cost ? MoneyText.dollars(Decimal(value)) : "\(QuantityText.number(value))/s"
  }
}
