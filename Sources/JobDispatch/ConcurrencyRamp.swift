package import HostSystem

/// How many batches a poller may have in hand: few at first, and more for as long as messages wait.
///
///     allowed(t) = min(most, start + perMinute * T(t) / 60 s)
///
/// T is the time for which the source has had messages waiting since it was last idle; idle is a source without
/// messages while none is in hand, and brings the poller back to its start. On Lambda the poller of an SQS queue starts
/// with 5 and adds 300 a minute up to 1,250 (developer guide, "Configuring scaling behavior for SQS event source
/// mappings").
public struct ConcurrencyRamp: Sendable, Hashable {
  /// Batches in hand at first.
  public let start: Int
  /// Batches more after a minute of messages waiting.
  public let perMinute: Int
  /// Batches in hand at most.
  public let most: Int
  /// Nanoseconds of messages waiting that are over.
  private var waited: Int64 = 0
  /// Since when messages have been waiting; nil where the last look found none.
  private var waitingSince: MonotonicInstant?

  private static let minute: Int64 = 60_000_000_000

  /// Lambda's figures.
  public static let lambda = ConcurrencyRamp(start: 5, perMinute: 300, most: 1_250)

  /// A ramp at its start.
  public init(start: Int, perMinute: Int, most: Int) {
    precondition(start > 0 && perMinute > 0 && most >= start, "a ramp goes from \(start) to \(most) by \(perMinute)")
    self.start = start
    self.perMinute = perMinute
    self.most = most
  }

  /// A look at the source found messages.
  package mutating func found(at instant: MonotonicInstant) {
    if waitingSince == nil { waitingSince = instant }
  }

  /// A look at the source found none, or could not be had.
  package mutating func foundNothing(at instant: MonotonicInstant) {
    if let waitingSince { waited += instant - waitingSince }
    waitingSince = nil
  }

  /// Nothing is in hand any more: back to the start, where no messages wait.
  package mutating func emptied() {
    if waitingSince == nil { waited = 0 }
  }

  /// Batches that may be in hand.
  package func allowed(at instant: MonotonicInstant) -> Int {
    min(most, start + Int(total(at: instant) * Int64(perMinute) / Self.minute))
  }

  /// When one batch more is allowed, if messages go on waiting; nil where that alone changes nothing.
  package func nextStep(after instant: MonotonicInstant) -> MonotonicInstant? {
    let allowed = allowed(at: instant)
    guard waitingSince != nil, allowed < most else { return nil }
    let needed = (Int64(allowed - start + 1) * Self.minute + Int64(perMinute) - 1) / Int64(perMinute)
    return instant + (needed - total(at: instant))
  }

  private func total(at instant: MonotonicInstant) -> Int64 {
    // An hour is beyond every ramp that is of use, and keeps the products small.
    min(waited + (waitingSince.map { instant - $0 } ?? 0), 60 * Self.minute)
  }
}
