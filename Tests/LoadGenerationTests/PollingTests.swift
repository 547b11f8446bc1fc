import Jobs
import LoadGeneration
import RunRecords
import Scenarios
import Testing

@Suite("Waiting for a job's end")
struct PollingTests {
  private static let second: Int64 = 1_000_000_000

  private static func accepted(
    _ policy: PollingPolicy, _ conditions: PollingConditions = .init()
  ) -> (job: JobLifecycle, action: JobAction) {
    var job = JobLifecycleTests.job(.init("", .succeeded, polling: policy, steps: []))
    _ = job.handle(.due, at: 0)
    let action = job.handle(JobLifecycleTests.answer(202, JobLifecycleTests.accepted, at: 90), at: 100, conditions)
    return (job, action)
  }

  @Test(
    "by long poll asks at once, as long as the scenario says, the platform grants and the deadline leaves",
    arguments: [
      (20, nil, true, 20), (20, 5, true, 5), (90, nil, true, 60), (20, 0, true, nil), (20, nil, false, nil),
    ] as [(Int, Int?, Bool, Int?)])
  func longPoll(wait: Int, cap: Int?, isAllowed: Bool, expected: Int?) {
    let (_, action) = Self.accepted(
      .longPoll(wait: .seconds(wait)), .init(waitCapSeconds: cap, allowsLongPoll: isAllowed))
    if let expected {
      #expect(action == .poll(id: "j-1", waitSeconds: expected))
    } else if case .wake(let instant) = action {
      #expect(instant <= 100 + 5_000_000 && instant >= 100 + 4_000_000)
    } else {
      Issue.record("\(action)")
    }
  }

  @Test("asks again at once after a read that was held open, and takes its time after one that was not")
  func ignoredWait() {
    var (job, _) = Self.accepted(.longPoll(wait: .seconds(4)))
    let held = JobLifecycleTests.answer(200, JobLifecycleTests.queued, at: 4 * Self.second)
    #expect(job.handle(held, at: 4 * Self.second) == .poll(id: "j-1", waitSeconds: 4))
    let early = JobLifecycleTests.answer(200, JobLifecycleTests.queued, at: 4 * Self.second + 1_000)
    guard case .wake(let instant) = job.handle(early, at: 4 * Self.second + 2_000) else {
      Issue.record("asked again at once")
      return
    }
    // 5 % of an age of 4 s is 200 ms, shortened by up to a fifth.
    #expect((160_000_000...200_000_000).contains(instant - 4 * Self.second - 2_000))
    #expect(job.handle(.timer, at: instant) == .poll(id: "j-1", waitSeconds: 4))
  }

  @Test(
    "in proportion asks after 5 % of the age, from 5 to 250 ms, with jitter",
    arguments: [(0, 5), (100, 5), (1_000, 50), (4_000, 200), (60_000, 250)])
  func proportional(ageMilliseconds: Int64, expected: Int64) {
    var schedule = PollSchedule(.proportional, randomness: RandomStream(seed: 1, purpose: 3, index: 0))
    let delays = (0..<50).map { _ in schedule.delay(age: ageMilliseconds * 1_000_000) }
    #expect(delays.allSatisfy { $0 <= expected * 1_000_000 && $0 >= expected * 800_000 })
    #expect(Set(delays).count > 25)
    var same = PollSchedule(.proportional, randomness: RandomStream(seed: 1, purpose: 3, index: 0))
    #expect((0..<50).map { _ in same.delay(age: ageMilliseconds * 1_000_000) } == delays)
  }

  @Test("exponentially grows to a cap")
  func exponential() {
    var schedule = PollSchedule(
      .exponential(initial: .milliseconds(100), factor: 2, cap: .milliseconds(500)),
      randomness: RandomStream(seed: 1, purpose: 3, index: 0))
    #expect((0..<4).map { _ in schedule.delay(age: 0) / 1_000_000 } == [100, 200, 400, 500])
  }
}
