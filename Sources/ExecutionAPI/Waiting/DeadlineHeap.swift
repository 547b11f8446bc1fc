import HostSystem

/// Deadlines by the earliest first: a binary heap in an array, the children of `i` at `2i + 1` and `2i + 2`.
struct DeadlineHeap {
  struct Entry {
    let deadline: MonotonicInstant
    let waiter: UInt64
  }

  private(set) var entries: [Entry] = []

  var first: Entry? { entries.first }

  mutating func insert(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0, entries[child].deadline < entries[(child - 1) / 2].deadline {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  @discardableResult
  mutating func removeFirst() -> Entry? {
    guard let last = entries.popLast() else { return nil }
    guard let first = entries.first else { return last }
    entries[0] = last
    sink(0)
    return first
  }

  /// Throws out what is no longer wanted, in one pass.
  mutating func keep(_ isWanted: (Entry) -> Bool) {
    entries.removeAll { !isWanted($0) }
    for index in stride(from: entries.count / 2, through: 0, by: -1) { sink(index) }
  }

  private mutating func sink(_ start: Int) {
    var parent = start
    while true {
      let children = (2 * parent + 1)...(2 * parent + 2)
      let smallest = children.filter { $0 < entries.count }.min { entries[$0].deadline < entries[$1].deadline }
      guard let smallest, entries[smallest].deadline < entries[parent].deadline else { return }
      entries.swapAt(parent, smallest)
      parent = smallest
    }
  }
}
