/// Values by key with a bound on what they weigh together; the one that was not used for longest goes first.
package struct LeastRecentlyUsed<Value: Sendable>: Sendable {
  private struct Entry {
    var value: Value
    var weight: Int
    var lastUse: Int
  }

  private let capacity: Int
  private var entries: [String: Entry] = [:]
  private var clock = 0
  /// What all values weigh.
  package private(set) var weight = 0

  /// Holds values up to this weight.
  package init(capacity: Int) {
    self.capacity = capacity
  }

  /// How many values there are.
  package var count: Int { entries.count }

  /// The value of a key, which counts as used.
  package mutating func value(_ key: String) -> Value? {
    guard var entry = entries[key] else { return nil }
    clock += 1
    entry.lastUse = clock
    entries[key] = entry
    return entry.value
  }

  /// Keeps a value, and lets others go where it needs their room; one that is heavier than all the room is not kept.
  package mutating func insert(_ value: Value, weight: Int, for key: String) {
    remove(key)
    guard weight <= capacity else { return }
    while self.weight > capacity - weight, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      remove(oldest.key)
    }
    clock += 1
    entries[key] = Entry(value: value, weight: weight, lastUse: clock)
    self.weight += weight
  }

  private mutating func remove(_ key: String) {
    if let entry = entries.removeValue(forKey: key) { weight -= entry.weight }
  }
}
