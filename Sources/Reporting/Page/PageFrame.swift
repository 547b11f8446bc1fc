/// What every page has around its sections: title, style, heading, banner, list of sections, and a foot.
struct PageFrame {
  /// The title in the browser.
  var title: HTML
  /// The small line above the heading.
  var kicker: HTML
  var heading: HTML
  /// A sentence below the heading.
  var lede: HTML?
  /// Facts in one line each.
  var facts: [HTML]
  var banner: HTML
  var sections: [PageSection]
  /// Where the page comes from.
  var foot: HTML
  /// What the page shows still goes on: it has a line for that, and takes over what its server sends.
  var isLive = false

  /// What lies in `<main>`.
  var content: HTML {
    """
    \(banner)<nav aria-label="Sections"><ul>
    \(sections.map { "<li><a href=\"#\($0.id)\">\($0.short)</a></li>\n" as HTML })</ul></nav>
    \(sections.map(\.html))
    """
  }

  var html: HTML {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    \(policy)<title>\(title) · rce-bench</title>
    <style>
    \(HTML(trusted: ReportStyle.sheet))</style>
    </head>
    <body>
    <a class="skip" href="#\(sections.first?.id ?? "verdict")">Skip to the results</a>
    <header>
    <p class="kicker">\(kicker)</p>
    <h1>\(heading)</h1>
    \(lede.map { "<p class=\"lede\">\($0)</p>\n" as HTML })<ul class="facts">
    \(facts.map { "<li>\($0)</li>\n" as HTML })</ul>
    \(isLive ? "<p id=\"now\" class=\"now\">The run goes on.</p>\n" as HTML : nil)</header>
    <main>
    \(content)</main>
    <footer>
    <p>\(foot)</p>
    </footer>
    \(script(ReportScript.text))\(isLive ? script(LiveScript.text) : nil)</body>
    </html>

    """
  }

  private func script(_ text: String) -> HTML { "<script>\(HTML(trusted: text))</script>\n" }

  /// Nothing is fetched, nothing is sent, and no script runs but the page's own; a live page gets its policy as a header.
  private var policy: HTML? {
    let rules = """
      default-src 'none'; style-src 'unsafe-inline'; script-src '\(ReportScript.hash)'; base-uri 'none'; form-action 'none'
      """
    return isLive
      ? nil : "<meta http-equiv=\"Content-Security-Policy\" content=\"\(HTML(trusted: rules))\">\n"
  }
}
