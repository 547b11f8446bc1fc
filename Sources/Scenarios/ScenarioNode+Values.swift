extension ScenarioNode {
  /// A text that is not empty.
  func text() throws(ScenarioProblem) -> String {
    guard case .text(let text) = content, !text.isNull, !text.value.isEmpty else {
      throw problem("must be a text, got \(kind)")
    }
    return text.value
  }

  /// A text that may be empty.
  func anyText() throws(ScenarioProblem) -> String {
    guard case .text(let text) = content, !text.isNull else { throw problem("must be a text, got \(kind)") }
    return text.value
  }

  /// `true` or `false`.
  func truth() throws(ScenarioProblem) -> Bool {
    if case .text(let text) = content, text.isPlain, let value = Bool(text.value) { return value }
    throw problem("must be true or false, got \(kind)")
  }

  /// A whole number within bounds.
  func count(in range: ClosedRange<Int> = 0...Int.max) throws(ScenarioProblem) -> Int {
    let value = try quantity("a whole number", Quantity.count)
    guard range.contains(value) else { throw problem(Self.bounds(range, "\(value)")) }
    return value
  }

  /// A bare number above 0, such as a weight.
  func weight() throws(ScenarioProblem) -> Double {
    let text = try text()
    guard let value = Quantity.plainNumber(text[...]), value > 0, value <= 1e12 else {
      throw problem("must be a number above 0, got '\(text)'", "weights are bare numbers, for example 50 or 0.5")
    }
    return value
  }

  /// A bare number that may be 0, such as a share.
  func number() throws(ScenarioProblem) -> Double {
    let text = try text()
    guard let value = Quantity.plainNumber(text[...]), value <= 1e12 else {
      throw problem("must be a number from 0, got '\(text)'", "shares are bare numbers, for example 22.9")
    }
    return value
  }

  /// A time above 0.
  func duration() throws(ScenarioProblem) -> Duration {
    let value = try anyDuration()
    guard value > .zero else { throw problem("must be above 0, got \(kind)") }
    return value
  }

  /// A time that may be 0.
  func anyDuration() throws(ScenarioProblem) -> Duration {
    try quantity("a duration", Quantity.duration)
  }

  /// Events per second, above 0.
  func rate() throws(ScenarioProblem) -> Double {
    let value = try anyRate()
    guard value > 0 else { throw problem("must be above 0, got \(kind)", "use kind: pause where nothing arrives") }
    return value
  }

  /// Events per second that a scenario may ask for.
  static let highestRate = 1_000_000.0

  /// Events per second; 0 is a ramp's beginning or end.
  func anyRate() throws(ScenarioProblem) -> Double {
    let value = try quantity("a rate", Quantity.rate)
    guard value <= Self.highestRate else { throw problem("must be at most 1000000/s, got \(kind)") }
    return value
  }

  /// Whole mebibytes of a size.
  func mebibytes() throws(ScenarioProblem) -> Int {
    let bytes = try quantity("a size", Quantity.bytes)
    guard bytes >= 1 << 20, bytes % (1 << 20) == 0 else { throw problem("must be whole MiB, got \(kind)") }
    return bytes >> 20
  }

  /// Whole milliseconds of a time above 0.
  func milliseconds() throws(ScenarioProblem) -> Int {
    let nanoseconds = try duration().inNanoseconds
    guard nanoseconds % 1_000_000 == 0 else { throw problem("must be whole milliseconds, got \(kind)") }
    return Int(nanoseconds / 1_000_000)
  }

  /// Money in millionths of a dollar.
  func microdollars() throws(ScenarioProblem) -> Int {
    let dollars = try quantity("an amount of money", Quantity.dollars)
    guard dollars <= 1e9 else { throw problem("must be at most $1000000000, got \(kind)") }
    return Int((dollars * 1e6).rounded())
  }

  /// The items of a list that is not empty.
  func items() throws(ScenarioProblem) -> [ScenarioNode] {
    guard case .list(let items) = content, !items.isEmpty else {
      throw problem("must be a list with at least one item, got \(kind)")
    }
    return items
  }

  /// Texts, possibly none.
  func texts() throws(ScenarioProblem) -> [String] {
    guard case .list(let items) = content else { throw problem("must be a list, got \(kind)") }
    var texts: [String] = []
    for item in items { texts.append(try item.anyText()) }
    return texts
  }

  /// One of a set of words.
  func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ type: Value.Type = Value.self
  ) throws(ScenarioProblem) -> Value {
    let word = try text()
    if let value = Value(rawValue: word) { return value }
    let words = Value.allCases.map(\.rawValue)
    throw problem(
      "'\(word)' is not one of \(words.joined(separator: ", "))", suggestion(for: word, among: words))
  }

  /// A problem with this part.
  func problem(_ what: String, _ hint: String? = nil) -> ScenarioProblem {
    ScenarioProblem(place: place, what: what, hint: hint)
  }

  private func quantity<Value>(
    _ kind: String, _ parse: (String) throws(QuantityProblem) -> Value
  ) throws(ScenarioProblem) -> Value {
    guard case .text(let text) = content, !text.isNull else { throw problem("must be \(kind), got \(self.kind)") }
    do {
      return try parse(text.value)
    } catch {
      throw problem(error.what, error.hint)
    }
  }

  private static func bounds(_ range: ClosedRange<Int>, _ got: String) -> String {
    range.upperBound == Int.max
      ? "must be at least \(range.lowerBound), got \(got)"
      : "must be from \(range.lowerBound) to \(range.upperBound), got \(got)"
  }
}
