/// What is wrong with a threshold's text, and where in it.
package struct ThresholdProblem: Error, Equatable {
  /// What is wrong.
  package var what: String
  /// What to do.
  package var hint: String
  /// Characters before the place.
  package var offset: Int

  package init(what: String, hint: String, offset: Int) {
    self.what = what
    self.hint = hint
    self.offset = offset
  }
}

extension Threshold {
  /// Reads a condition: `AGGREGATE(SUBJECT){FILTERS} COMPARISON LIMIT`.
  package init(parsing text: String) throws(ThresholdProblem) {
    var parser = ThresholdParser(text)
    self = try parser.threshold()
  }
}

/// Reads one condition from left to right.
private struct ThresholdParser {
  private let text: String
  private let characters: [Character]
  private var position = 0

  init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  mutating func threshold() throws(ThresholdProblem) -> Threshold {
    let (aggregate, subject) = try aggregateAndSubject()
    let filters = try filters()
    let comparison = try comparison()
    let limit = try limit(of: aggregate)
    guard position == characters.count else {
      throw problem("'\(String(characters[position...]))' is too much", "the limit is the last part", at: position)
    }
    return Threshold(
      aggregate: aggregate, subject: subject, filters: filters, comparison: comparison, limit: limit, text: text)
  }

  private mutating func aggregateAndSubject() throws(ThresholdProblem) -> (Threshold.Aggregate, String) {
    let start = position
    let word = word()
    if word == "cost_per_execution" { return (.costPerExecution, "") }
    guard let aggregate = Self.aggregate(named: word) else {
      throw problem(
        "unknown aggregate '\(word)'",
        suggestion(for: word, among: Self.aggregateNames)
          ?? "use p50 ... p99.99, mean, min, max, rate, count or cost_per_execution", at: start)
    }
    try expect("(", after: word)
    let subjectStart = position
    let subject = self.word()
    try check(subject, of: aggregate, at: subjectStart)
    try expect(")", after: subject)
    return (aggregate, subject)
  }

  private static let aggregateNames = [
    "p50", "p95", "p99", "mean", "min", "max", "rate", "count", "cost_per_execution",
  ]

  private static func aggregate(named word: String) -> Threshold.Aggregate? {
    switch word {
    case "mean": return .mean
    case "min": return .minimum
    case "max": return .maximum
    case "rate": return .rate
    case "count": return .count
    default:
      guard word.first == "p", let value = Quantity.plainNumber(word.dropFirst()), value > 0, value < 100 else {
        return nil
      }
      return .percentile(value)
    }
  }

  private func check(
    _ subject: String, of aggregate: Threshold.Aggregate, at offset: Int
  ) throws(ThresholdProblem) {
    let isCounted = aggregate == .rate || aggregate == .count
    let known = isCounted ? Threshold.countable : Threshold.series
    guard known.contains(subject) else {
      throw problem(
        isCounted ? "'\(subject)' is not an outcome" : "'\(subject)' is not a series",
        suggestion(for: subject, among: known) ?? "use one of \(known.joined(separator: ", "))", at: offset)
    }
  }

  private mutating func filters() throws(ThresholdProblem) -> [String: String] {
    guard take("{") else { return [:] }
    var filters: [String: String] = [:]
    repeat {
      skipSpaces()
      let start = position
      let key = word()
      guard Threshold.filterKeys.contains(key) else {
        throw problem(
          "unknown filter '\(key)'",
          suggestion(for: key, among: Threshold.filterKeys) ?? "filters are phase, language and entry", at: start)
      }
      try expect("=", after: key)
      filters[key] = word()
    } while take(",")
    try expect("}", after: "the filters")
    return filters
  }

  private mutating func comparison() throws(ThresholdProblem) -> Threshold.Comparison {
    skipSpaces()
    for comparison in Threshold.Comparison.allCases {
      let sign = Array(comparison.rawValue)
      if characters[position...].starts(with: sign) {
        position += sign.count
        return comparison
      }
    }
    throw problem("a comparison is missing", "write one of <, <=, >, >=, == or !=", at: position)
  }

  private mutating func limit(of aggregate: Threshold.Aggregate) throws(ThresholdProblem) -> Double {
    skipSpaces()
    let start = position
    let rest = String(characters[position...].prefix { !$0.isWhitespace })
    position += rest.count
    skipSpaces()
    do {
      switch aggregate {
      case .percentile, .mean, .minimum, .maximum: return try Quantity.duration(rest).inSeconds
      case .rate: return try Quantity.share(rest)
      case .count: return Double(try Quantity.count(rest))
      case .costPerExecution: return try Quantity.dollars(rest)
      }
    } catch {
      throw problem(error.what, error.hint, at: start)
    }
  }

  private mutating func word() -> String {
    skipSpaces()
    let start = position
    while position < characters.count, Self.isWord(characters[position]) { position += 1 }
    return String(characters[start..<position])
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_-.".contains(character)
  }

  private mutating func take(_ character: Character) -> Bool {
    skipSpaces()
    guard position < characters.count, characters[position] == character else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Character, after what: String) throws(ThresholdProblem) {
    guard take(character) else {
      throw problem(
        "'\(character)' is missing after \(what)", "a threshold reads p95(e2e){phase=steady} < 2s", at: position)
    }
  }

  private mutating func skipSpaces() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  private func problem(_ what: String, _ hint: String, at offset: Int) -> ThresholdProblem {
    ThresholdProblem(what: what, hint: hint, offset: offset)
  }
}
