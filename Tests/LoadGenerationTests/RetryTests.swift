import LoadGeneration
import Scenarios
import Testing

@Suite("Trying again")
struct RetryTests {
  private static let second: Int64 = 1_000_000_000

  private static func schedule(_ policy: RetryPolicy?, job: UInt64 = 0) -> RetrySchedule {
    RetrySchedule(policy, randomness: RandomStream(seed: 7, purpose: 5, index: job))
  }

  @Test(
    "reads Retry-After as seconds or as a date, and nothing else",
    arguments: [
      ("0", 0), ("120", 120), (" 3", 3), ("99999999999999999999999", Int.max), ("-1", nil), ("1.5", nil), ("", nil),
      ("soon", nil), ("12 parsecs", nil), ("Sun, 06 Nov 1994 08:49:47 GMT", 10), ("Sunday, 06-Nov-94 08:49:47 GMT", 10),
      ("Sun Nov  6 08:49:47 1994", 10), ("Sun, 06 Nov 1994 08:49:30 GMT", 0), ("Fri, 31 Dec 9999 23:59:59 GMT", nil),
    ] as [(String, Int?)])
  func retryAfter(text: String, seconds: Int?) {
    // RFC 9110's example is 784111777 seconds after the epoch.
    let read = RetryAfter.seconds(text, now: 784_111_777)
    if text.contains("9999 ") { #expect(read ?? 0 > 250_000_000_000) } else { #expect(read == seconds) }
  }

  @Test("doubles its pause up to the cap, each between half of it and the whole, and not the same for every job")
  func backoff() {
    let policy = RetryPolicy(maximum: 6, backoff: .seconds(1), factor: 2, cap: .seconds(10))
    var first: Set<Int64> = []
    for job in 0..<50 {
      var schedule = Self.schedule(policy, job: UInt64(job))
      for whole in [1, 2, 4, 8, 10, 10] as [Int64] {
        let delay = schedule.delay(afterStatus: 503, retryAfterSeconds: nil) ?? 0
        #expect(delay >= whole * Self.second / 2 && delay <= whole * Self.second)
        if whole == 1 { first.insert(delay) }
      }
      #expect(schedule.delay(afterStatus: 503, retryAfterSeconds: nil) == nil)
    }
    #expect(first.count == 50)
  }

  @Test("obeys a longer Retry-After where the scenario says so")
  func honours() {
    var policy = RetryPolicy(backoff: .seconds(1), factor: 1, cap: .seconds(1))
    var schedule = Self.schedule(policy)
    #expect(schedule.delay(afterStatus: 429, retryAfterSeconds: 7) == 7 * Self.second)
    #expect(schedule.delay(afterStatus: 429, retryAfterSeconds: Int.max) == 86_400 * Self.second)
    policy.honoursRetryAfter = false
    schedule = Self.schedule(policy)
    #expect(schedule.delay(afterStatus: 429, retryAfterSeconds: 7) ?? 0 <= Self.second)
  }

  @Test("only after what the policy names, and as often as it says")
  func causes() {
    var schedule = Self.schedule(RetryPolicy(statuses: [503], onConnectError: true, maximum: 2))
    #expect(schedule.delay(afterStatus: 429, retryAfterSeconds: 1) == nil)
    #expect(schedule.delayAfterConnectError() != nil && schedule.delay(afterStatus: 503, retryAfterSeconds: 1) != nil)
    #expect(schedule.delayAfterConnectError() == nil)
    var none = Self.schedule(nil)
    #expect(none.delay(afterStatus: 503, retryAfterSeconds: 0) == nil && none.delayAfterConnectError() == nil)
  }
}
