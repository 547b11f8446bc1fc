/// Instants at which something has to be looked at: a binary heap, soonest first.
struct AlarmQueue: Sendable {
  private var heap: [Int64] = []

  var next: Int64? { heap.first }

  mutating func add(_ instant: Int64) {
    heap.append(instant)
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes off what is due by now; false where nothing is.
  mutating func takeAll(by now: Int64) -> Bool {
    guard let first = heap.first, first <= now else { return false }
    while let first = heap.first, first <= now { removeFirst() }
    return true
  }

  private mutating func removeFirst() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
      guard let least = children.min(by: { heap[$0] < heap[$1] }), heap[least] < heap[parent] else {
        return
      }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
