import Jobs

/// "did you mean 'weight'?", or nil where no known word is close to what was written.
package func suggestion(for word: String, among known: [String]) -> String? {
  let allowed = max(1, word.count / 3)
  let nearest = known.map { (word: $0, distance: editDistance(word, $0)) }.min { $0.distance < $1.distance }
  guard let nearest, nearest.distance <= allowed else { return nil }
  return "did you mean '\(nearest.word)'?"
}
