/// A table for a terminal: columns as wide as their widest cell, two spaces between.
struct TextTable {
  /// A column's title and on which side its cells stand.
  struct Column {
    var title: String
    var isNumber = false

    static func text(_ title: String) -> Column { Column(title: title) }
    static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  var columns: [Column]
  var rows: [[String]]

  /// The lines, each with `indent` before it; colours are put on by the caller, cell by cell, after the widths are known.
  func lines(indent: String = "  ", paint: (_ row: Int, _ column: Int, _ cell: String) -> String = { $2 }) -> [String] {
    let widths = columns.indices.map { column in
      max(columns[column].title.count, rows.map { $0[column].count }.max() ?? 0)
    }
    func line(_ cells: [String], _ paint: (Int, String) -> String) -> String {
      let padded = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        let painted = paint(column, cell)
        return columns[column].isNumber ? space + painted : painted + space
      }
      var text = indent + padded.joined(separator: "  ")
      while text.hasSuffix(" ") { text.removeLast() }
      return text
    }
    let head = columns.contains { !$0.title.isEmpty } ? [line(columns.map(\.title)) { paint(-1, $0, $1) }] : []
    return head + rows.enumerated().map { row, cells in line(cells) { paint(row, $0, $1) } }
  }
}
