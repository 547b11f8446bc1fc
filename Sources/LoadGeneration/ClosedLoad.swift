/// The slots of a closed phase: each holds one job, and the next one is due when that has ended.
struct ClosedLoad: Sendable {
  /// Instants at which slots became free, a ring of as many places as there are slots.
  private var free: [Int64]
  private var first = 0
  private var freeCount: Int
  /// Jobs that have started and not ended.
  private(set) var active = 0
  /// Jobs yet to start; nil where time ends the phase.
  private var left: Int?
  /// No job starts from here on; nil where their number ends the phase.
  private let until: Int64?
  /// When the last job ended, or the phase's start.
  private(set) var lastEnd: Int64

  init(_ concurrency: Int, from start: Int64, jobs: Int?, until: Int64?) {
    free = Array(repeating: start, count: concurrency)
    freeCount = concurrency
    left = jobs
    self.until = until
    lastEnd = start
  }

  mutating func start() {
    first = (first + 1) % free.count
    freeCount -= 1
    active += 1
    left = left.map { $0 - 1 }
  }

  mutating func end(at instant: Int64) {
    free[(first + freeCount) % free.count] = instant
    freeCount += 1
    active -= 1
    lastEnd = max(lastEnd, instant)
  }

  /// When the next job is due; nil where none is before another has ended.
  var next: Int64? {
    guard left != 0, freeCount > 0 else { return nil }
    let due = free[first]
    if let until, due >= until { return nil }
    return due
  }
}
