/// How often a call is repeated, and how long it pauses before: full jitter, so that many callers do not meet again.
package struct RetryPolicy: Sendable, Hashable {
  /// Tries in all.
  package var tries: Int
  /// Milliseconds that the first pause takes at most; each next at most twice as much.
  package var first: Int
  /// Milliseconds that no pause exceeds.
  package var longest: Int

  /// A policy.
  package init(tries: Int = 4, first: Int = 50, longest: Int = 5_000) {
    precondition(tries > 0 && first > 0 && longest >= first, "\(tries) tries, pauses from \(first) to \(longest) ms")
    self.tries = tries
    self.first = first
    self.longest = longest
  }

  /// Milliseconds to pause after so many failures: a fraction (0 up to 1) of the most.
  package func pause(afterFailures failures: Int, fraction: Double) -> Int {
    let most = min(Double(longest), Double(first) * Double(1 << min(failures - 1, 20)))
    return Int(most * fraction)
  }
}
