import Charts
import Jobs
import RunRecords
import Statistics

extension ReportPage {
  var outcomes: PageSection {
    PageSection(
      id: "outcomes", title: "Outcomes and errors", short: "Outcomes", finding: outcomeFinding,
      body: figures.outcomes.count == 0 ? [] : [outcomeTable, entryTable] + failureList)
  }

  private var outcomeFinding: HTML {
    let all = figures.outcomes
    guard all.count > 0 else { return "No job of a recorded phase has an outcome." }
    let good = all.share(.succeeded)
    let expected = figures.expectedFailures
    let failing: HTML? =
      expected == 0 ? nil : " \(EstimateText.count(expected, "job")) among them were meant to fail, and did."
    return """
      \(QuantityText.grouped(good.successes)) of \(EstimateText.count(all.count, "job")) did what the scenario expects of
      them (\(QuantityText.percent(good.proportion)), 95 % interval \(EstimateText.interval(good))).\(failing)
      """
  }

  private var outcomeTable: HTML {
    let rows = figures.outcomes.counts.filter { $0.count > 0 || $0.outcome == .succeeded || $0.outcome == .failed }
    return HTMLTable(
      caption: "Jobs by outcome",
      columns: [.text("Outcome"), .number("Jobs"), .number("Share"), .number("95 % interval"), .text("Of all jobs")],
      rows: rows.map { outcome, count in
        let share = figures.outcomes.share(outcome)
        let width = QuantityText.fixed(share.proportion * 100, decimals: 1)
        let color = outcome == .succeeded ? "good" : "bad"
        return [
          "\(outcome.title)", "\(QuantityText.grouped(count))", "\(QuantityText.percent(share.proportion))",
          "\(EstimateText.interval(share))",
          "<span class=\"meter\"><span class=\"\(color)\" style=\"width:max(\(count > 0 ? "3px" : "0px"),\(width)%)\"></span></span>",
        ]
      }
    ).html
  }

  private var entryTable: HTML {
    let table = HTMLTable(
      caption: "Outcomes by entry of the mix",
      columns: [
        .text("Entry"), .text("Language"), .number("Jobs"), .number("Succeeded"), .text("Other outcomes"),
        .text("Platform's verdicts"),
      ],
      rows: figures.entries.map { entry in
        let others = entry.outcomes.counts.filter { $0.count > 0 && $0.outcome != .succeeded }
        return [
          "\(entry.entry)", "\(entry.language.title)", "\(QuantityText.grouped(entry.outcomes.count))",
          "\(QuantityText.grouped(entry.outcomes[.succeeded]))",
          "\(others.isEmpty ? "–" : others.map { "\($0.count) \($0.outcome.title.lowercased())" }.joined(separator: ", "))",
          "\(entry.errorTypes.isEmpty ? "–" : entry.errorTypes.map { "\($0.count) × \($0.type.rawValue)" }.joined(separator: ", "))",
        ]
      })
    return
      "<details\(figures.failures.isEmpty ? "" : " open")><summary>By entry of the mix</summary>\n\(table.html)</details>\n"
  }

  private var failureList: [HTML] {
    guard !figures.failures.isEmpty else { return [] }
    let shown = figures.failures.prefix(12)
    let rest = figures.failures.count - shown.count
    let more: HTML? =
      rest > 0 ? "<p class=\"note\">\(EstimateText.count(rest, "more kind")) of failure are in run.sqlite.</p>\n" : nil
    return ["<h3>What went wrong</h3>\n<ol class=\"failures\">\n\(shown.map(failure))</ol>\n\(more)"]
  }

  private func failure(_ group: FailureGroup) -> HTML {
    let samples = group.examples.compactMap { job -> HTML? in
      guard let excerpt = job.excerpt, !excerpt.isEmpty else { return nil }
      return """
        <figure class="sample"><figcaption>Job \(job.index)\(job.jobId.map { ", \($0)" } ?? "")</figcaption>
        <pre tabindex="0">\(verbatim: String(excerpt.prefix(2_000)))</pre></figure>

        """
    }
    return """
      <li><p><strong>\(EstimateText.count(group.count, "job"))</strong> of <code>\(group.entry)</code>
      <span class="tag">\(group.outcome.title.lowercased())</span> \(group.reason)</p>
      \(samples)</li>

      """
  }
}

extension JobOutcome {
  /// The name for people.
  var title: String {
    let words = rawValue.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
