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
  /// Reads a condition: `AGGREGATE(SUBJECT){LABELS} COMPARISON LIMIT`.
  package init(parsing text: String) throws(ThresholdProblem) {
    var parser = ThresholdParser(text)
    self = try parser.threshold()
  }
}

/// Reads one condition from left to right.
private struct ThresholdParser {
  private let text: String
  private var scanner: ThresholdScanner

  init(_ text: String) {
    self.text = text
    scanner = ThresholdScanner(text)
  }

  mutating func threshold() throws(ThresholdProblem) -> Threshold {
    let (aggregate, subject) = try aggregateAndSubject()
    let (filters, window) = try labels()
    let comparison = try comparison()
    let limit = try limit(of: aggregate, subject)
    guard scanner.isAtEnd else {
      throw scanner.problem("'\(scanner.rest)' is too much", "the limit is the last part")
    }
    return Threshold(
      aggregate: aggregate, subject: subject, filters: filters, window: window, comparison: comparison, limit: limit,
      text: text)
  }

  private mutating func aggregateAndSubject() throws(ThresholdProblem) -> (Threshold.Aggregate, String) {
    let (word, start) = scanner.word()
    guard let aggregate = Threshold.Aggregate(named: word) else {
      throw scanner.problem(
        word.isEmpty ? "an aggregate is missing" : "unknown aggregate '\(word)'",
        suggestion(for: word, among: Threshold.Aggregate.names)
          ?? "use p50 ... p99.99, mean, min, max, stddev, rate, count, per_second, throughput, goodput or "
          + "cost_per_execution", at: start)
    }
    guard let subjects = aggregate.subjects else {
      if scanner.isAt("(") {
        throw scanner.problem("\(word) has no subject", "write \(word){phase=steady} or \(word) alone")
      }
      return (aggregate, "")
    }
    try scanner.expect("(", after: word)
    let (subject, place) = scanner.word()
    try check(subject, among: subjects, of: word, at: place)
    try scanner.expect(")", after: subject)
    return (aggregate, subject)
  }

  private func check(
    _ subject: String, among subjects: (known: [String], kind: String), of aggregate: String, at offset: Int
  ) throws(ThresholdProblem) {
    guard !subjects.known.contains(subject) else { return }
    let isElsewhere = (Threshold.series + Threshold.countable).contains(subject)
    let hint =
      isElsewhere
      ? "\(aggregate) is of \(subjects.kind): \(subjects.known.joined(separator: ", "))"
      : suggestion(for: subject, among: subjects.known) ?? "use one of \(subjects.known.joined(separator: ", "))"
    throw scanner.problem("'\(subject)' is not \(subjects.kind)", hint, at: offset)
  }

  private mutating func labels() throws(ThresholdProblem) -> ([String: String], Duration?) {
    guard scanner.take("{") else { return ([:], nil) }
    var filters: [String: String] = [:]
    var window: Duration?
    repeat {
      let (key, start) = scanner.word()
      guard Threshold.labels.contains(key) else {
        throw scanner.problem(
          key.isEmpty ? "a filter is missing" : "unknown filter '\(key)'",
          suggestion(for: key, among: Threshold.labels) ?? "filters are \(Threshold.labels.joined(separator: ", "))",
          at: start)
      }
      guard filters[key] == nil, key != "window" || window == nil else {
        throw scanner.problem("'\(key)' is given twice", "one value a filter; write a threshold for each", at: start)
      }
      try scanner.expect("=", after: key)
      if key == "window" { window = try length() } else { filters[key] = try value(of: key) }
    } while scanner.take(",")
    try scanner.expect("}", after: "the filters")
    return (filters, window)
  }

  private mutating func value(of key: String) throws(ThresholdProblem) -> String {
    let (value, start) = scanner.word()
    guard !value.isEmpty else {
      throw scanner.problem("'\(key)' has no value", "a filter reads \(key)=VALUE", at: start)
    }
    guard let known = Threshold.values(of: key), !known.contains(value) else { return value }
    throw scanner.problem(
      "there is no \(key) '\(value)'",
      suggestion(for: value, among: known) ?? "there is \(known.joined(separator: ", "))", at: start)
  }

  private mutating func length() throws(ThresholdProblem) -> Duration {
    let (text, start) = scanner.word()
    let length: Duration
    do { length = try Quantity.duration(text) } catch { throw scanner.problem(error.what, error.hint, at: start) }
    guard length >= .seconds(1) else {
      throw scanner.problem("a window of '\(text)' is too short", "windows last at least 1s", at: start)
    }
    return length
  }

  private mutating func comparison() throws(ThresholdProblem) -> Threshold.Comparison {
    if let comparison = Threshold.Comparison.allCases.first(where: { scanner.take($0.rawValue) }) {
      return comparison
    }
    if scanner.isAt("=") { throw scanner.problem("'=' is no comparison", "write == for equality") }
    throw scanner.problem("a comparison is missing", "write one of <, <=, >, >=, == or !=")
  }

  private mutating func limit(of aggregate: Threshold.Aggregate, _ subject: String) throws(ThresholdProblem) -> Double {
    let (limit, start) = scanner.token()
    guard !limit.isEmpty else {
      throw scanner.problem("the limit is missing", "write \(aggregate.unit.title) as \(aggregate.unit.examples)")
    }
    guard limit.count <= 20 else {
      throw scanner.problem("'\(limit)' is too long for a limit", "a limit has at most 20 characters", at: start)
    }
    do throws(QuantityProblem) {
      let value = try aggregate.unit.value(of: limit)
      guard value <= 1e15 else { throw QuantityProblem(what: "'\(limit)' is too large", hint: "write a smaller limit") }
      return value
    } catch {
      let other = Threshold.Unit.allCases.first { (try? $0.value(of: limit)) != nil && $0 != .count }
      guard let other, other != aggregate.unit else { throw scanner.problem(error.what, error.hint, at: start) }
      let condition = aggregate.isBare ? aggregate.name : "\(aggregate.name)(\(subject))"
      throw scanner.problem(
        "\(condition) is \(aggregate.unit.title), and '\(limit)' is \(other.title)",
        "write \(aggregate.unit.title) as \(aggregate.unit.examples)", at: start)
    }
  }
}
