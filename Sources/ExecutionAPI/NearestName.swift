/// The name that a writer most likely meant.
///
/// One that the text abbreviates, or else the nearest by edit distance if that is near enough to be a slip.
func nearestName(to text: String, among names: [String]) -> String? {
  let text = text.lowercased()
  let longer = names.first { text.utf8.count >= 3 && $0.lowercased().hasPrefix(text) }
  if let longer { return longer }
  let distances = names.map { (name: $0, distance: editDistance(text, $0.lowercased())) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, best.name.utf8.count / 3) ? best.name : nil
}

/// Insertions, removals, replacements and swaps of neighbours between two texts (optimal string alignment).
private func editDistance(_ left: String, _ right: String) -> Int {
  let a = Array(left.unicodeScalars.prefix(64))
  let b = Array(right.unicodeScalars)
  var rows = [Array(0...b.count)]
  for (i, left) in a.enumerated() {
    var row = [i + 1]
    for (j, right) in b.enumerated() {
      var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left == right ? 0 : 1))
      if i > 0, j > 0, left == b[j - 1], a[i - 1] == right { cost = min(cost, rows[i - 1][j - 1] + 1) }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
