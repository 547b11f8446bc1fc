/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
/// (Damerau-Levenshtein in its optimal-string-alignment form).
package func editDistance(_ first: String, _ second: String) -> Int {
  let a = Array(first)
  let b = Array(second)
  var twoBack: [Int] = []
  var back = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(back[j + 1] + 1, row[j] + 1, back[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, twoBack[j - 1] + 1) }
      row.append(best)
    }
    twoBack = back
    back = row
  }
  return back[b.count]
}
