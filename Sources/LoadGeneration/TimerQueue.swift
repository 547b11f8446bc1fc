/// Instants at which jobs want to be woken, the earliest first (a binary heap).
///
/// Nothing is taken out but the earliest: an entry that has outlived its purpose is recognised when it comes.
package struct TimerQueue: Sendable {
  /// A job's wake-up.
  package struct Entry: Sendable, Equatable {
    package var instant: Int64
    /// Place of the job in its table.
    package var slot: Int
    /// Number of the job's wake-up; another one than the job waits for has outlived its purpose.
    package var wake: Int

    package init(instant: Int64, slot: Int, wake: Int) {
      self.instant = instant
      self.slot = slot
      self.wake = wake
    }
  }

  private var heap: [Entry] = []

  package init() {}

  /// The earliest instant.
  package var next: Int64? { heap.first?.instant }

  /// Adds an entry.
  package mutating func add(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].instant < heap[parent].instant else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes the earliest entry out, if its instant has come.
  package mutating func take(by now: Int64) -> Entry? {
    guard let first = heap.first, first.instant <= now else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      siftDown()
    }
    return first
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1].instant < heap[child].instant { child += 1 }
      guard heap[child].instant < heap[parent].instant else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
