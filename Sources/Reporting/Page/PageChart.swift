import Charts

/// A chart on a page: heading, sentence, the picture in both widths, and the table behind it.
struct PageChart {
  var id: String
  var chart: any Chart
  var table: HTMLTable

  var html: HTML {
    let pictures = ChartSize.allCases.map { HTML(trusted: chart.svg($0, id: "\(id)-\($0.rawValue)")) }
    return """
      <figure id="\(id)">
      <figcaption><h3>\(chart.title)</h3><p>\(chart.summary)</p></figcaption>
      \(pictures)<details><summary>The data as a table</summary>
      \(table.html)</details>
      </figure>

      """
  }
}
