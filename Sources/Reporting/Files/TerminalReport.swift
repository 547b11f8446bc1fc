import RunRecords
import Statistics

/// The headline for a terminal: aligned, plain unless colours are asked for.
struct TerminalReport {
  let figures: RunFigures
  let isColoured: Bool

  private enum Colour: Int {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
  }

  var text: String {
    let headline = Headline(figures: figures)
    let width = headline.rows.map(\.name.count).max() ?? 0
    let rows = headline.rows.map { "  \(Self.padded($0.name, to: width))   \(Self.plain($0.text))\n" }
    return "\(title(headline))\n  \(paint(facts, .dim))\n\n\(rows.joined())\(thresholds)\(concerns)"
  }

  private func title(_ headline: Headline) -> String {
    let validity = figures.validity.verdict
    let partial = figures.info.partial ? paint("PARTIAL", .red) + "   " : ""
    let met = !figures.thresholds.contains(where: \.isFailure)
    return "\(paint(Self.plain(figures.info.scenario), .bold))   \(partial)"
      + "\(paint(validity.rawValue, validity == .valid ? .green : validity == .suspect ? .yellow : .red))   "
      + paint(headline.thresholds, met ? .green : .red)
  }

  private var facts: String {
    let info = figures.info
    let reason = info.endReason.map { ", ended: \($0)" } ?? ""
    return Self.plain(
      "\(info.id), \(EstimateText.count(figures.outcomes.count, "job")) in "
        + "\(QuantityText.duration(nanoseconds: info.durationSeconds * 1e9)) against \(info.target)\(reason)")
  }

  private var thresholds: String {
    guard !figures.thresholds.isEmpty else { return "" }
    let rows = figures.thresholds.map { result -> String in
      let mark =
        result.verdict == .passed
        ? paint("✓", .green) : result.isWarning ? paint("!", .yellow) : paint("✕", .red)
      let finding = result.verdict == .passed ? "" : "\n      \(Self.plain(result.sentence))"
      return "  \(mark) \(Self.plain(result.text))\(finding)\n"
    }
    return "\n" + rows.joined()
  }

  private var concerns: String {
    let all = figures.validity.concerns
    guard !all.isEmpty else { return "" }
    let rows = all.map { check in
      let mark = check.level == .invalid ? paint("✕", .red) : paint("!", .yellow)
      return "  \(mark) \(check.name): \(Self.plain(check.sentence))\n"
    }
    return "\n" + rows.joined()
  }

  private func paint(_ text: String, _ colour: Colour) -> String {
    isColoured ? "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m" : text
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Names come from files and answers from platforms: neither may move the cursor or change colours.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar {
          case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}": "\u{fffd}"
          default: scalar
          }
        }))
  }
}
