import RunRecords
import Statistics

/// `summary.md`: the headline for the summary page of a build.
struct MarkdownReport {
  let figures: RunFigures

  var text: String {
    let headline = Headline(figures: figures)
    let partial = figures.info.partial ? "PARTIAL, " : ""
    let rows = headline.rows.map { "| \($0.name) | \(Self.escape($0.text)) |\n" }.joined()
    return """
      ## \(Self.escape(figures.info.scenario)): \(partial)\(figures.validity.verdict.rawValue), \(headline.thresholds)

      \(Self.escape(facts))

      | | |
      |---|---|
      \(rows)
      \(thresholds)\(concerns)
      """
  }

  private var facts: String {
    let info = figures.info
    return
      "\(EstimateText.count(figures.outcomes.count, "job")) in \(QuantityText.duration(nanoseconds: info.durationSeconds * 1e9)) "
      + "against \(info.target), \(CivilTime(millisecondsSince1970: info.startedAt)), run \(info.id)"
  }

  private var thresholds: String {
    guard !figures.thresholds.isEmpty else { return "" }
    let rows = figures.thresholds.map { result in
      "| \(result.verdict == .passed ? "met" : "**not met**") | \(Self.escape(result.text)) | \(Self.escape(result.sentence)) |\n"
    }
    return "| verdict | threshold | finding |\n|---|---|---|\n\(rows.joined())\n"
  }

  private var concerns: String {
    let all = figures.validity.checks.filter { $0.level >= .suspect || $0.level == .noted }
    guard !all.isEmpty else { return "" }
    return "About the measurement:\n\n" + all.map { "- \(Self.escape($0.sentence))\n" }.joined()
  }

  /// Text that Markdown and the HTML in it leave as it is.
  private static func escape(_ text: String) -> String {
    let safe = HTML.escape(text).replacing("&#39;", with: "'").replacing("&quot;", with: "\"")
    return String(
      safe.flatMap { character -> [Character] in
        switch character {
        case "\n", "\t": [" "]
        case "|", "`", "*", "_", "[", "]", "\\": ["\\", character]
        default: [character]
        }
      })
  }
}
