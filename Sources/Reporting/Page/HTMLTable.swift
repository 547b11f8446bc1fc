/// A table with a caption for screen readers, whose numbers stand in columns; it scrolls by itself where it is too wide.
struct HTMLTable {
  struct Column {
    var title: String
    var isNumber = true

    static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
    static func number(_ title: String) -> Column { Column(title: title) }
  }

  var caption: String
  var columns: [Column]
  /// The first cell of each row names the row.
  var rows: [[HTML]]
  /// On a narrow page each row is a block of its own instead of a line that scrolls: for rows that hold sentences.
  var stacks = false

  var html: HTML {
    """
    <div class="scroll" role="group" aria-label="\(caption)" tabindex="0"><table\(stacks ? " class=\"stack\"" as HTML : "")>
    <caption class="unseen">\(caption)</caption>
    <thead><tr>\(columns.map { "<th scope=\"col\"\(Self.numeric($0))>\($0.title)</th>" as HTML })</tr></thead>
    <tbody>
    \(rows.map(row))</tbody>
    </table></div>

    """
  }

  private func row(_ cells: [HTML]) -> HTML {
    let columns = zip(cells, columns).enumerated().map { index, pair -> HTML in
      index == 0 ? "<th scope=\"row\">\(pair.0)</th>" : "<td\(Self.numeric(pair.1))>\(pair.0)</td>"
    }
    return "<tr>\(columns)</tr>\n"
  }

  private static func numeric(_ column: Column) -> HTML { column.isNumber ? " class=\"n\"" : "" }
}
