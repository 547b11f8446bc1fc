import Scenarios

/// An open phase under way: the plan says when each job is due.
struct OpenLoad: Sendable {
  private var arrivals: ArrivalSchedule.Iterator
  private let start: Int64
  /// When the next job is due; nil after the last.
  private(set) var next: Int64?

  init(_ arrivals: ArrivalSchedule, from start: Int64) {
    self.arrivals = arrivals.makeIterator()
    self.start = start
    goOn()
  }

  /// Goes on to the job after the next one.
  mutating func goOn() {
    next = arrivals.next().map { start + $0 }
  }
}
