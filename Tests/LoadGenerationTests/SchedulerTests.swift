import Jobs
import LoadGeneration
import Scenarios
import Testing

@Suite("The scheduler")
struct SchedulerTests {
  private static let second: Int64 = 1_000_000_000

  private static func plan(_ process: ArrivalProcess, _ phases: [Phase]) -> Plan {
    let mix = ["a", "b"].map { MixEntry(name: $0, submission: Submission(code: $0, language: .python)) }
    return Plan(Scenario(name: "test", mix: mix, process: process, phases: phases))
  }

  private func take(_ scheduler: inout Scheduler, by now: Int64) throws -> ScheduledJob {
    let job = scheduler.take(by: now)
    return try #require(job)
  }

  private static func phase(_ load: PhaseLoad) -> Phase {
    Phase(name: "\(load)", load: load, selection: .inOrder([0, 1]))
  }

  @Test("goes from one open phase to the next on time, whenever it is asked")
  func open() {
    let plan = Self.plan(
      .uniform,
      [Self.phase(.constant(rate: 2, for: .seconds(2))), Self.phase(.constant(rate: 1, for: .seconds(2)))])
    var scheduler = Scheduler(plan, startingAt: 100)
    let early = scheduler.take(by: 99)
    #expect(scheduler.nextDue == 100 && early == nil && scheduler.arrivalsEnd == nil)
    var jobs: [ScheduledJob] = []
    while let job = scheduler.take(by: 100 * Self.second) { jobs.append(job) }
    #expect(jobs.map(\.t0) == [0, 500, 1_000, 1_500, 2_000, 3_000].map { 100 + $0 * 1_000_000 })
    #expect(jobs.map(\.index) == Array(0..<6) && jobs.map(\.phase) == [0, 0, 0, 0, 1, 1])
    #expect(jobs.map(\.entry) == [0, 1, 0, 1, 0, 1])
    #expect(scheduler.isFinished && scheduler.scheduled == 6)
    #expect(
      scheduler.passages == [
        .init(phase: 0, start: 100, end: 100 + 2 * Self.second, scheduled: 4),
        .init(phase: 1, start: 100 + 2 * Self.second, end: 100 + 4 * Self.second, scheduled: 2),
      ])
    #expect(scheduler.arrivalsEnd == 100 + 4 * Self.second)
  }

  @Test("keeps a closed phase's number in flight, each due when the one before it ended")
  func closed() throws {
    var scheduler = Scheduler(Self.plan(.closed, [Self.phase(.closed(concurrency: 2, until: .jobs(4)))]), startingAt: 0)
    let first = try take(&scheduler, by: 0)
    let second = try take(&scheduler, by: 0)
    let early = scheduler.take(by: 999)
    #expect(scheduler.nextDue == nil && early == nil && !scheduler.isFinished)
    scheduler.ended(second, at: 70)
    let third = try take(&scheduler, by: 80)
    #expect(third.t0 == 70)
    scheduler.ended(first, at: 90)
    let fourth = try take(&scheduler, by: 90)
    scheduler.ended(third, at: 100)
    #expect(scheduler.nextDue == nil && !scheduler.isFinished)
    scheduler.ended(fourth, at: 120)
    #expect(scheduler.isFinished && scheduler.passages == [.init(phase: 0, start: 0, end: 120, scheduled: 4)])
  }

  @Test("starts nothing in a closed phase after its time, and the next phase when the last job has ended")
  func closedByTime() throws {
    let phases = [
      Self.phase(.closed(concurrency: 1, until: .duration(.seconds(1)))),
      Self.phase(.closed(concurrency: 1, until: .jobs(1))),
    ]
    var scheduler = Scheduler(Self.plan(.closed, phases), startingAt: 0)
    let first = try take(&scheduler, by: 0)
    scheduler.ended(first, at: Self.second - 1)
    let second = try take(&scheduler, by: Self.second)
    #expect(second.t0 == Self.second - 1)
    scheduler.ended(second, at: 3 * Self.second)
    #expect(scheduler.passages.first?.end == 3 * Self.second && scheduler.nextDue == 3 * Self.second)
    let third = try take(&scheduler, by: 4 * Self.second)
    #expect(third.phase == 1 && third.index == 2)
    // A straggler of an earlier phase makes nothing due in a later one.
    scheduler.ended(second, at: 5 * Self.second)
    #expect(scheduler.nextDue == nil)
  }

  @Test("makes a job due when another has ended and its user has thought")
  func thinking() throws {
    let load = PhaseLoad.closed(concurrency: 2, until: .duration(.seconds(10)), think: .fixed(.seconds(3)))
    var scheduler = Scheduler(Self.plan(.closed, [Self.phase(load)]), startingAt: 0)
    let first = try take(&scheduler, by: 0)
    let second = try take(&scheduler, by: 0)
    scheduler.ended(second, at: 4 * Self.second)
    scheduler.ended(first, at: Self.second)
    // The one that ended last in this order is due first.
    let third = try take(&scheduler, by: 9 * Self.second)
    let fourth = try take(&scheduler, by: 9 * Self.second)
    #expect([third.t0, fourth.t0] == [4 * Self.second, 7 * Self.second])
    scheduler.ended(third, at: 8 * Self.second)
    #expect(scheduler.nextDue == nil && !scheduler.isFinished)
    scheduler.ended(fourth, at: 8 * Self.second)
    #expect(scheduler.isFinished && scheduler.passages.last?.end == 10 * Self.second)
  }

  @Test("passes over a pause, and takes all jobs of a burst at one instant")
  func pauseAndBurst() {
    let phases = [
      Self.phase(.pause(for: .seconds(2))),
      Self.phase(.burst(count: 3, every: .seconds(1), times: 2, for: .seconds(2))),
      Self.phase(.pause(for: .seconds(5))),
    ]
    var scheduler = Scheduler(Self.plan(.poisson, phases), startingAt: 0)
    #expect(scheduler.nextDue == 2 * Self.second)
    var jobs: [ScheduledJob] = []
    while let job = scheduler.take(by: 9 * Self.second) { jobs.append(job) }
    #expect(jobs.map(\.t0) == [2, 2, 2, 3, 3, 3].map { $0 * Self.second } && jobs.allSatisfy { $0.phase == 1 })
    #expect(scheduler.isFinished && scheduler.passages.map(\.scheduled) == [0, 6, 0])
    #expect(scheduler.arrivalsEnd == 9 * Self.second)
  }

  @Test("stops where it is told to")
  func stops() {
    var scheduler = Scheduler(
      Self.plan(.uniform, [Self.phase(.constant(rate: 2, for: .seconds(9)))]), startingAt: 0)
    _ = scheduler.take(by: 0)
    scheduler.stop(at: 77)
    #expect(scheduler.isFinished && scheduler.nextDue == nil && scheduler.arrivalsEnd == 77)
    #expect(scheduler.passages == [.init(phase: 0, start: 0, end: 77, scheduled: 1)])
  }
}
