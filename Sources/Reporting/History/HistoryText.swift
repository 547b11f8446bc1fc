import RunRecords
import Statistics

/// A history for a terminal.
struct HistoryText {
  let history: RunHistory
  let terminal: TerminalText

  /// The newest runs that a line of blocks shows.
  private static let mostBlocks = 40

  var text: String {
    let groups = history.groups.map { group in
      ([title(group), ""] + runs(group) + [""] + trends(group) + changes(group)).joined(separator: "\n") + "\n"
    }
    return (groups + [skipped].filter { !$0.isEmpty }).joined(separator: "\n")
  }

  private func title(_ group: RunHistory.Group) -> String {
    let name = terminal.paint(TerminalText.plain(group.scenario), .bold)
    return "\(name)   \(EstimateText.count(group.entries.count, "run"))"
  }

  private func runs(_ group: RunHistory.Group) -> [String] {
    let marks = Dictionary(grouping: group.changes, by: \.runID)
    let table = TextTable(
      columns: [.text(""), .text("run"), .text("started"), .text("verdict"), .number("jobs")]
        + HistoryFigure.allCases.map { .number($0.title) },
      rows: group.entries.map { entry in
        [
          marks[entry.info.id] == nil ? "" : "▸", TerminalText.plain(entry.info.id),
          CivilTime(millisecondsSince1970: entry.info.startedAt).description, entry.word,
          QuantityText.grouped(entry.jobs),
        ] + HistoryFigure.allCases.map { figure in entry.values[figure].map(figure.text) ?? "n/a" }
      })
    return table.lines { row, column, cell in
      if row < 0 { return terminal.paint(cell, .dim) }
      guard column == 3 else { return column == 0 ? terminal.paint(cell, .yellow) : cell }
      return terminal.paint(cell, group.entries[row].colour)
    }
  }

  private func trends(_ group: RunHistory.Group) -> [String] {
    let shown = group.entries.suffix(Self.mostBlocks)
    guard shown.count > 1 else { return [] }
    let rows = HistoryFigure.allCases.compactMap { figure -> [String]? in
      let values = shown.map { $0.values[figure] }
      let known = values.compactMap(\.self)
      guard let low = known.min(), let high = known.max() else { return nil }
      return [figure.title, Sparkline.text(values), "\(figure.text(low)) – \(figure.text(high))"]
    }
    return TextTable(columns: [.text("trend"), .text(""), .text("")], rows: rows).lines { row, _, cell in
      row < 0 ? terminal.paint(cell, .dim) : cell
    }
  }

  private func changes(_ group: RunHistory.Group) -> [String] {
    guard !group.changes.isEmpty else { return [] }
    return [""]
      + group.changes.map { change in
        "  \(terminal.paint("▸", .yellow)) since \(TerminalText.plain(change.runID)): \(change.text)"
      }
  }

  private var skipped: String {
    history.skipped.map {
      "  \(terminal.paint("!", .yellow)) left out \(TerminalText.plain($0.folder)): \(TerminalText.plain($0.reason))\n"
    }.joined()
  }
}

extension HistoryEntry {
  /// `VALID, thresholds met`, or what came before that.
  var word: String {
    let result =
      switch verdict {
      case .passed: info.thresholds.isEmpty ? "" : ", thresholds met"
      case .thresholdFailed: ", thresholds not met"
      case .invalid: ""
      case .unreachable: ", unreachable"
      case .stopped: ", stopped"
      case .interrupted: ", interrupted"
      }
    return validity.rawValue + result
  }

  var colour: TerminalText.Colour {
    if !counts || verdict == .thresholdFailed { return .red }
    return validity == .valid ? .green : .yellow
  }
}
