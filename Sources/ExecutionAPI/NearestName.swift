import Jobs

/// The name that a writer most likely meant.
///
/// One that the text abbreviates, or else the nearest by edit distance if that is near enough to be a slip.
func nearestName(to text: String, among names: [String]) -> String? {
  let text = text.lowercased()
  let longer = names.first { text.utf8.count >= 3 && $0.lowercased().hasPrefix(text) }
  if let longer { return longer }
  // Cut, for the text is a stranger's and may be long.
  let distances = names.map { (name: $0, distance: editDistance(String(text.prefix(64)), $0.lowercased())) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, best.name.utf8.count / 3) ? best.name : nil
}
