import RunRecords

/// A run as one page: self-contained, readable without script, on paper, on a telephone and by a screen reader.
struct ReportPage {
  let figures: RunFigures
  /// The run still goes on: nothing is judged yet, and the page keeps itself up to date.
  var isRunning = false

  var frame: PageFrame {
    PageFrame(
      title: "\(figures.info.scenario): \(isRunning ? "running" : headlineVerdict)", kicker: "rce-bench run report",
      heading: "\(figures.info.scenario)", lede: figures.info.description.map { "\($0)" }, facts: facts.map { "\($0)" },
      banner: verdictBanner, sections: sections, foot: foot, isLive: isRunning)
  }

  private var sections: [PageSection] {
    let shown = [outcomes, throughput, endToEnd, decomposition, queue, coldStarts, cost]
    return isRunning
      ? shown : (shown + [deployment, health, thresholds, reproducibility, unsupported]).compactMap(\.self)
  }

  /// What a section says in place of its finding where no job was recorded; nil where some were.
  var nothingRecorded: HTML? { figures.outcomes.count == 0 ? "No job was recorded." : nil }

  private var foot: HTML {
    let version = figures.info.environment.versions["rce-bench"].map { " \($0)" } ?? ""
    return """
      Made by rce-bench\(version) from <code>run.sqlite</code> of run <code>\(figures.info.id)</code>. Percentiles are
      printed only where at least ten jobs lie beyond them; intervals hold with 95 % confidence.
      """
  }
}

/// One section of the page.
struct PageSection {
  var id: String
  var title: String
  /// The title in the list of sections.
  var short: String
  /// What the data say, in a sentence or two.
  var finding: HTML
  var body: [HTML]

  var html: HTML {
    """
    <section id="\(id)" aria-labelledby="\(id)-title">
    <h2 id="\(id)-title">\(title)</h2>
    <p class="finding">\(finding)</p>
    \(body)</section>

    """
  }
}
