package import Scenarios

/// When the status of a job is read next.
package struct PollSchedule: Sendable {
  private let policy: PollingPolicy
  private var randomness: RandomStream
  private var reads = 0

  package init(_ policy: PollingPolicy, randomness: RandomStream) {
    self.policy = policy
    self.randomness = randomness
  }

  /// Seconds that a status read should be held open; nil where it should be answered at once.
  package var wait: Int? {
    if case .longPoll(let wait) = policy { Int(wait.components.seconds) } else { nil }
  }

  /// Nanoseconds from now to the next read of a job of this age, jitter included.
  ///
  /// A long poll that was answered too early goes on as a proportional one.
  package mutating func delay(age: Int64) -> Int64 {
    reads += 1
    return switch policy {
    case .longPoll, .proportional: jittered(min(max(age / 20, 5_000_000), 250_000_000))
    case .fixed(let interval): interval.inNanoseconds
    case .exponential(let initial, let factor, let cap):
      min(Self.grown(initial, by: factor, times: reads - 1), cap.inNanoseconds)
    }
  }

  /// Nanoseconds to the next try after so many failures in a row: 100 ms, doubling, at most 1 s.
  package mutating func delay(afterFailures failures: Int) -> Int64 {
    jittered(100_000_000 << Int64(min(max(failures, 1) - 1, 4)))
  }

  /// Between four fifths and the whole, so that jobs of one moment do not ask in step.
  private mutating func jittered(_ delay: Int64) -> Int64 {
    let delay = min(delay, 1_000_000_000)
    return delay - Int64(Double(delay) * 0.2 * randomness.unit())
  }

  private static func grown(_ initial: Duration, by factor: Double, times: Int) -> Int64 {
    var delay = Double(initial.inNanoseconds)
    for _ in 0..<min(times, 64) where delay < 1e13 { delay *= factor }
    return Int64(min(delay, 1e13))
  }
}
