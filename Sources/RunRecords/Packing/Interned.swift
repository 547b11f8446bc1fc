/// Values that many records share, each kept once and known by its number.
struct Interned<Value: Hashable & Sendable>: Sendable {
  private(set) var values: [Value] = []
  private var numbers: [Value: Int] = [:]
  private var recent: (value: Value, number: Int)?

  subscript(number: Int) -> Value { values[number] }

  /// The number of a value, a new one where it was not seen before.
  mutating func number(of value: Value) -> Int {
    // Neighbours mostly share their values, and comparing is cheaper than hashing.
    if let recent, recent.value == value { return recent.number }
    let number = numbers[value] ?? add(value)
    recent = (value, number)
    return number
  }

  private mutating func add(_ value: Value) -> Int {
    numbers[value] = values.count
    values.append(value)
    return values.count - 1
  }
}
