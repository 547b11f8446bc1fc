package import Scenarios

/// Whether and when a refused submission is sent again.
package struct RetrySchedule: Sendable {
  private let policy: RetryPolicy?
  private var randomness: RandomStream
  private var retries = 0

  package init(_ policy: RetryPolicy?, randomness: RandomStream) {
    self.policy = policy
    self.randomness = randomness
  }

  /// Nanoseconds to the next try after a refusal with a status; nil where the refusal stands.
  package mutating func delay(afterStatus status: Int, retryAfterSeconds: Int?) -> Int64? {
    guard let policy, policy.statuses.contains(status), retries < policy.maximum else { return nil }
    let backoff = nextBackoff(policy)
    guard policy.honoursRetryAfter, let retryAfterSeconds else { return backoff }
    return max(backoff, Int64(min(retryAfterSeconds, 86_400)) * 1_000_000_000)
  }

  /// Nanoseconds to the next try after a connection that could not be made; nil where that stands.
  package mutating func delayAfterConnectError() -> Int64? {
    guard let policy, policy.onConnectError, retries < policy.maximum else { return nil }
    return nextBackoff(policy)
  }

  /// Between half and the whole of the back-off, so that jobs that were refused together do not come back together
  /// ("equal jitter", Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
  private mutating func nextBackoff(_ policy: RetryPolicy) -> Int64 {
    var delay = Double(policy.backoff.inNanoseconds)
    for _ in 0..<retries { delay *= policy.factor }
    retries += 1
    return Int64(min(delay, Double(policy.cap.inNanoseconds)) * (1 - 0.5 * randomness.unit()))
  }
}
