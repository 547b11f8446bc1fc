import RunRecords
import Statistics

/// The headline for a terminal: aligned, plain unless colours are asked for.
struct TerminalReport {
  let figures: RunFigures
  let isColoured: Bool

  var text: String {
    let headline = Headline(figures: figures)
    let width = headline.rows.map(\.name.count).max() ?? 0
    let rows = headline.rows.map { "  \(Self.padded($0.name, to: width))   \(TerminalText.plain($0.text))\n" }
    return "\(title(headline))\n  \(paint(facts, .dim))\n\n\(rows.joined())\(thresholds)\(concerns)"
  }

  private func title(_ headline: Headline) -> String {
    let validity = figures.validity.verdict
    let partial = figures.info.partial ? paint("PARTIAL", .red) + "   " : ""
    let met = !figures.thresholds.contains(where: \.isFailure)
    return "\(paint(TerminalText.plain(figures.info.scenario), .bold))   \(partial)"
      + "\(paint(validity.rawValue, validity == .valid ? .green : validity == .suspect ? .yellow : .red))   "
      + paint(headline.thresholds, met ? .green : .red)
  }

  private var facts: String {
    let info = figures.info
    let reason = info.endReason.map { ", ended: \($0)" } ?? ""
    return TerminalText.plain(
      "\(info.id), \(EstimateText.count(figures.outcomes.count, "job")) in "
        + "\(QuantityText.duration(nanoseconds: info.durationSeconds * 1e9)) against \(info.target)\(reason)")
  }

  private var thresholds: String {
    guard !figures.thresholds.isEmpty else { return "" }
    let rows = figures.thresholds.map { result -> String in
      let mark =
        result.verdict == .passed
        ? paint("✓", .green) : result.isWarning ? paint("!", .yellow) : paint("✕", .red)
      let finding = result.verdict == .passed ? "" : "\n      \(TerminalText.plain(result.sentence))"
      return "  \(mark) \(TerminalText.plain(result.text))\(finding)\n"
    }
    return "\n" + rows.joined()
  }

  private var concerns: String {
    let all = figures.validity.concerns
    guard !all.isEmpty else { return "" }
    let rows = all.map { check in
      let mark = check.level == .invalid ? paint("✕", .red) : paint("!", .yellow)
      return "  \(mark) \(check.name): \(TerminalText.plain(check.sentence))\n"
    }
    return "\n" + rows.joined()
  }

  private func paint(_ text: String, _ colour: TerminalText.Colour) -> String {
    TerminalText(isColoured: isColoured).paint(text, colour)
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
