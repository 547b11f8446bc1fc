/// A closed phase under way: a job is due when another has ended and its user has thought.
struct ClosedLoad: Sendable {
  /// Instants at which users want their next job.
  private var free: InstantHeap
  /// Jobs yet to start; nil where time ends the phase.
  private var left: Int?
  /// No job starts from here on; nil where their number ends the phase.
  private let until: Int64?
  /// Jobs that have started and not ended.
  private(set) var active = 0
  /// When the last of its jobs ended, or the phase's start.
  private(set) var lastEnd: Int64

  init(_ concurrency: Int, from start: Int64, jobs: Int?, until: Int64?) {
    free = InstantHeap(repeating: start, count: concurrency)
    left = jobs
    self.until = until
    lastEnd = start
  }

  /// When the next job is due; nil where that depends on the end of another, or where there is none.
  var next: Int64? {
    guard left != 0, let due = free.first else { return nil }
    if let until, due >= until { return nil }
    return due
  }

  /// The job that is due starts.
  mutating func start() {
    free.removeFirst()
    active += 1
    left = left.map { $0 - 1 }
  }

  /// A job has ended, and its user wants another after a while.
  mutating func end(at instant: Int64, thinking: Int64) {
    free.add(instant + thinking)
    active -= 1
    lastEnd = max(lastEnd, instant)
  }
}

/// Instants of which the earliest is taken first.
struct InstantHeap: Sendable {
  private var heap: [Int64]

  init(repeating instant: Int64, count: Int) {
    heap = Array(repeating: instant, count: count)
  }

  /// The earliest.
  var first: Int64? { heap.first }

  mutating func add(_ instant: Int64) {
    heap.append(instant)
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the earliest out; there must be one.
  mutating func removeFirst() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
