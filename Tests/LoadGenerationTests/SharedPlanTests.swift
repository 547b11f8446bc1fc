import Jobs
import LoadGeneration
import Scenarios
import Testing

@Suite("A plan that several loops share")
struct SharedPlanTests {
  private static let second: Int64 = 1_000_000_000

  private static func plan(_ process: ArrivalProcess, _ loads: [PhaseLoad]) -> Plan {
    let mix = ["a", "b", "c"].map { MixEntry(name: $0, submission: Submission(code: $0, language: .python)) }
    let selection = MixSelection.shares((0..<3).map { MixShare(entry: $0, weight: Double($0 + 1)) })
    let phases = loads.enumerated().map { Phase(name: "\($0)", load: $1, selection: selection) }
    return Plan(Scenario(name: "test", seed: 11, mix: mix, process: process, phases: phases))
  }

  private static func jobs(_ plan: Plan, _ share: PlanShare) -> [ScheduledJob] {
    var scheduler = Scheduler(plan, startingAt: 50, share: share)
    var jobs: [ScheduledJob] = []
    while let job = scheduler.take(by: .max) { jobs.append(job) }
    #expect(scheduler.isFinished && scheduler.scheduled == jobs.count)
    return jobs
  }

  @Test(
    "is the same jobs at the same instants whatever the number of loops",
    arguments: [ArrivalProcess.uniform, .poisson], [2, 3, 7, 64])
  func open(process: ArrivalProcess, loops: Int) {
    let plan = Self.plan(
      process,
      [
        .constant(rate: 40, for: .seconds(3)), .ramp(from: 0, to: 90, for: .seconds(2)),
        .constant(rate: 2, for: .seconds(1)),
      ])
    let whole = Self.jobs(plan, .whole)
    let parts = (0..<loops).map { Self.jobs(plan, PlanShare(number: $0, of: loops)) }
    #expect(whole.count > 100 && whole.map(\.index) == Array(whole.indices))
    #expect(parts.joined().sorted { $0.index < $1.index } == whole)
    #expect(parts.allSatisfy { $0.map(\.t0) == $0.map(\.t0).sorted() })
    let sizes = parts.map { $0.filter { $0.phase == 0 }.count }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  /// Ends every job at once, and lets loops pass to the next phase together as a gate does.
  private static func runClosed(_ plan: Plan, loops: Int, jobTime: Int64 = 1_000) -> (
    jobs: [ScheduledJob], parts: [Scheduler]
  ) {
    var parts = (0..<loops).map { Scheduler(plan, startingAt: 0, share: PlanShare(number: $0, of: loops)) }
    var jobs: [ScheduledJob] = []
    while parts.contains(where: { !$0.isFinished }) {
      for loop in parts.indices {
        while let job = parts[loop].take(by: .max) {
          jobs.append(job)
          parts[loop].ended(job, at: job.t0 + jobTime * Int64(loop + 1))
        }
      }
      let ends = parts.compactMap(\.waiting)
      guard ends.count == loops else { continue }
      let whole = Scheduler.PhaseEnd(
        phase: ends[0].phase, end: ends.map(\.end).max() ?? 0, nextIndex: ends.map(\.nextIndex).max() ?? 0)
      for loop in parts.indices { parts[loop].goOn(after: whole) }
    }
    return (jobs, parts)
  }

  @Test("splits a closed phase's slots and its jobs, and begins the next when the last loop is done", arguments: 1...6)
  func closed(loops: Int) {
    let plan = Self.plan(
      .closed, [.closed(concurrency: 4, until: .jobs(23)), .closed(concurrency: 2, until: .jobs(10))])
    let (jobs, parts) = Self.runClosed(plan, loops: loops)
    let expected = Self.runClosed(plan, loops: 1).jobs.map { [$0.index, $0.phase, $0.entry] }
    #expect(jobs.sorted { $0.index < $1.index }.map { [$0.index, $0.phase, $0.entry] } == expected)
    #expect(jobs.filter { $0.t0 == 0 }.count == 4)
    let start = parts[0].passages[1].start
    #expect(parts.allSatisfy { $0.passages[1].start == start && $0.passages[0].end == start })
    #expect(start == jobs.filter { $0.phase == 0 }.map { job in job.t0 + 1_000 * Int64(loops) }.max() || start > 0)
    #expect(jobs.filter { $0.phase == 1 && $0.t0 == start }.count == 2)
  }

  @Test("never uses an index twice where time ends a closed phase", arguments: [1, 3])
  func closedByTime(loops: Int) {
    let plan = Self.plan(
      .closed,
      [.closed(concurrency: 5, until: .duration(.seconds(1))), .closed(concurrency: 2, until: .jobs(10))])
    let (jobs, _) = Self.runClosed(plan, loops: loops, jobTime: Self.second / 10)
    #expect(Set(jobs.map(\.index)).count == jobs.count && jobs.filter { $0.phase == 1 }.count == 10)
    let first = jobs.filter { $0.phase == 0 }.map(\.index).max() ?? 0
    #expect(jobs.filter { $0.phase == 1 }.allSatisfy { $0.index > first })
    if loops == 1 { #expect(jobs.map(\.index) == Array(0..<60)) }
  }

  @Test("gives every number of a total to one loop")
  func shares() {
    for count in 1...7 {
      for total in 0..<20 {
        #expect((0..<count).map { PlanShare(number: $0, of: count).part(of: total) }.reduce(0, +) == total)
      }
    }
    #expect(PlanShare(number: 1, of: 4).among(2) == PlanShare(number: 1, of: 2))
    #expect(PlanShare(number: 2, of: 4).among(2) == nil)
  }

  @Test("takes as many loops as the plan needs and the machine has cores for")
  func automatic() {
    let modest = Self.plan(.poisson, [.constant(rate: 500, for: .seconds(2))])
    let busy = Self.plan(
      .uniform, [.constant(rate: 1, for: .seconds(2)), .ramp(from: 0, to: 10_000, for: .seconds(2))])
    let crowd = Self.plan(.closed, [.closed(concurrency: 7_000, until: .jobs(10_000))])
    #expect(LoopCount.automatic(modest, cores: 16) == 1)
    #expect(LoopCount.automatic(busy, cores: 16) == 2 && LoopCount.automatic(busy, cores: 2) == 1)
    #expect(LoopCount.automatic(crowd, cores: 16) == 4 && LoopCount.automatic(crowd, cores: 3) == 2)
  }
}
