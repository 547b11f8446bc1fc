package import HostSystem

/// Who may look at the source, and how many batches are in hand: events go in with their instants, permission comes out.
///
/// A consumer that looks counts as one with a batch in hand, as each of Lambda's pollers does.
package struct EventSourcePoller: Sendable {
  /// Whether a consumer may look at the source now.
  package enum Permission: Sendable, Hashable {
    case look
    /// Not before this instant, or another consumer's next event; nil leaves only the latter.
    case wait(until: MonotonicInstant?)
  }

  /// Batches in hand at once at most; Lambda calls it maximum concurrency.
  package let limit: Int
  private var ramp: ConcurrencyRamp?
  /// Consumers that look at the source.
  package private(set) var looking = 0
  /// Batches in hand.
  package private(set) var running = 0

  package init(limit: Int, ramp: ConcurrencyRamp?) {
    precondition(limit > 0, "a poller has room for one batch at least, got \(limit)")
    self.limit = limit
    self.ramp = ramp
  }

  /// Batches that may be in hand at present.
  package func allowed(at instant: MonotonicInstant) -> Int {
    min(limit, ramp?.allowed(at: instant) ?? limit)
  }

  /// A consumer wants to look.
  package mutating func wants(at instant: MonotonicInstant) -> Permission {
    let allowed = allowed(at: instant)
    if looking + running < allowed {
      looking += 1
      return .look
    }
    return .wait(until: allowed < limit ? ramp?.nextStep(after: instant) : nil)
  }

  /// A look is over: it found a batch, which is in hand now, or nothing.
  package mutating func looked(found: Bool, at instant: MonotonicInstant) {
    precondition(looking > 0, "a look ends only after it began")
    looking -= 1
    running += found ? 1 : 0
    if found { ramp?.found(at: instant) } else { ramp?.foundNothing(at: instant) }
    if running == 0 { ramp?.emptied() }
  }

  /// A batch is done with.
  package mutating func finished() {
    precondition(running > 0, "a batch is done with only after it was found")
    running -= 1
    if running == 0 { ramp?.emptied() }
  }
}
