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

  var html: HTML {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title) · rce-bench</title>
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
    </header>
    <main>
    \(banner)<nav aria-label="Sections"><ul>
    \(sections.map { "<li><a href=\"#\($0.id)\">\($0.short)</a></li>\n" as HTML })</ul></nav>
    \(sections.map(\.html))</main>
    <footer>
    <p>\(foot)</p>
    </footer>
    </body>
    </html>

    """
  }
}
