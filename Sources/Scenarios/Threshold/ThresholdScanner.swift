/// A position in a condition's text, and what can be taken from there; blanks before anything do not count.
struct ThresholdScanner {
  private let characters: [Character]
  private var position = 0

  init(_ text: String) {
    characters = Array(text)
  }

  /// Nothing is left.
  var isAtEnd: Bool { position == characters.count }

  /// What is left.
  var rest: String { String(characters[position...]) }

  /// Takes letters, digits and `_-.`, possibly none; with where they begin.
  mutating func word() -> (text: String, start: Int) {
    take(while: { $0.isLetter || $0.isNumber || "_-.".contains($0) })
  }

  /// Takes everything up to the next blank, and the blanks after it; with where it begins.
  mutating func token() -> (text: String, start: Int) {
    defer { skipSpaces() }
    return take(while: { !$0.isWhitespace })
  }

  /// Whether these characters come next.
  mutating func isAt(_ text: String) -> Bool {
    skipSpaces()
    return characters[position...].starts(with: text)
  }

  /// Takes these characters where they come next.
  mutating func take(_ text: String) -> Bool {
    guard isAt(text) else { return false }
    position += text.count
    return true
  }

  /// Takes these characters, which have to come next.
  mutating func expect(_ text: String, after what: String) throws(ThresholdProblem) {
    guard take(text) else {
      throw problem("'\(text)' is missing after \(what)", "a threshold reads p95(e2e){phase=steady} < 2s")
    }
  }

  /// A problem here, or where the text began that is wrong.
  func problem(_ what: String, _ hint: String, at offset: Int? = nil) -> ThresholdProblem {
    ThresholdProblem(what: what, hint: hint, offset: offset ?? position)
  }

  private mutating func take(while isWanted: (Character) -> Bool) -> (text: String, start: Int) {
    skipSpaces()
    let start = position
    while position < characters.count, isWanted(characters[position]) { position += 1 }
    return (String(characters[start..<position]), start)
  }

  private mutating func skipSpaces() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }
}
