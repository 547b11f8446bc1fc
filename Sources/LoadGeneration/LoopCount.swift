package import Scenarios

/// How many loops a run has.
package enum LoopCount {
  /// Jobs a second that one loop sends and follows with room to spare.
  private static let jobsASecond = 4_000
  /// Jobs in flight of a closed phase that one loop follows with room to spare.
  private static let concurrency = 2_000
  /// Loops for which a cap's waiting list has room, and more than a machine has use for.
  package static let most = 64

  /// As many as the plan needs: one for each 4,000 jobs of its busiest second and for each 2,000 slots of a closed
  /// phase, and no more than there are cores beside one for everything else.
  package static func automatic(_ plan: Plan, cores: Int) -> Int {
    let needed = plan.phases.map { phase in
      if case .closed(let concurrency, _) = phase.phase.load { return quotient(concurrency, Self.concurrency) }
      return quotient(phase.arrivals.map(busiestSecond) ?? 0, jobsASecond)
    }
    return min(max(needed.max() ?? 1, 1), max(cores - 1, 1), most)
  }

  /// Most arrivals within one second, counted from the phase's start.
  private static func busiestSecond(_ arrivals: ArrivalSchedule) -> Int {
    var most = 0
    var (second, count) = (Int64(0), 0)
    for due in arrivals {
      if due / 1_000_000_000 != second { (second, count) = (due / 1_000_000_000, 0) }
      count += 1
      most = max(most, count)
    }
    return most
  }

  private static func quotient(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }
}
