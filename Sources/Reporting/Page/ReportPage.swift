import RunRecords

/// A run as one page: self-contained, readable without script, on paper, on a telephone and by a screen reader.
struct ReportPage {
  let figures: RunFigures

  var html: String {
    let sections: [PageSection] = [
      outcomes, throughput, endToEnd, decomposition, queue, coldStarts, cost, health, thresholds, reproducibility,
      unsupported,
    ].compactMap(\.self)
    let page: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="\(HTML(trusted: Self.policy))">
      <title>\(figures.info.scenario): \(headlineVerdict) · rce-bench</title>
      <style>
      \(HTML(trusted: ReportStyle.sheet))</style>
      </head>
      <body>
      <a class="skip" href="#outcomes">Skip to the results</a>
      \(header)<main>
      \(verdictBanner)<nav aria-label="Sections"><ul>
      \(sections.map { "<li><a href=\"#\($0.id)\">\($0.short)</a></li>\n" as HTML })</ul></nav>
      \(sections.map(\.html))</main>
      \(footer)<script>\(HTML(trusted: ReportScript.text))</script>
      </body>
      </html>

      """
    return page.text
  }

  /// Nothing is fetched, nothing is sent, and no script runs but the page's own.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src '\(ReportScript.hash)'; base-uri 'none'; form-action 'none'"

  /// What a section says in place of its finding where no job was recorded; nil where some were.
  var nothingRecorded: HTML? { figures.outcomes.count == 0 ? "No job was recorded." : nil }

  private var header: HTML {
    let info = figures.info
    let description = info.description.map { "<p class=\"lede\">\($0)</p>\n" as HTML }
    return """
      <header>
      <p class="kicker">rce-bench run report</p>
      <h1>\(info.scenario)</h1>
      \(description)<ul class="facts">
      \(facts.map { "<li>\($0)</li>\n" as HTML })</ul>
      </header>

      """
  }

  private var footer: HTML {
    let version = figures.info.environment.versions["rce-bench"].map { " \($0)" } ?? ""
    return """
      <footer>
      <p>Made by rce-bench\(version) from <code>run.sqlite</code> of run <code>\(figures.info.id)</code>. Percentiles are
      printed only where at least ten jobs lie beyond them; intervals hold with 95 % confidence.</p>
      </footer>

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
