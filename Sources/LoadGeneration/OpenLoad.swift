import Scenarios

/// The arrivals of an open phase, or every so many of them.
struct OpenLoad: Sendable {
  private var arrivals: ArrivalSchedule.Iterator
  private let start: Int64
  /// When the next job is due; nil after the last.
  private(set) var next: Int64?

  /// Arrivals of a phase that starts at an instant, without so many of the first.
  init(_ arrivals: ArrivalSchedule, from start: Int64, first: Int) {
    self.arrivals = arrivals.makeIterator()
    self.start = start
    goOn(step: first + 1)
  }

  /// Goes on by so many arrivals.
  mutating func goOn(step: Int) {
    for _ in 1..<step where arrivals.next() == nil { break }
    next = arrivals.next().map { start + $0 }
  }
}
