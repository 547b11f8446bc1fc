/// Counts jobs that the plan wants sent at one instant, one after the other in plan order.
///
/// Nobody can send a thousand jobs at the same nanosecond, so a planned burst is no fault of the generator: each job has
/// its turn, and is late where it was sent later than that. Turns are so short that a generator that waits for anything
/// but its own core, for example for room under a cap, soon falls behind them.
struct VolleyTurns: Sendable {
  /// Nanoseconds of a turn: 5,000 jobs a second, which one core can send.
  static let turn: Int64 = 200_000

  private var due: Int64?
  /// Jobs of the present volley that come before the one that is looked at.
  private(set) var ahead = 0

  /// Goes on to a job, and says how long after its instant its turn comes.
  mutating func next(due instant: Int64) -> Int64 {
    ahead = due == instant ? ahead + 1 : 0
    due = instant
    return Int64(ahead) * Self.turn
  }
}
