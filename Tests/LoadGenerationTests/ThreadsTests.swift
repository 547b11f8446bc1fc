import Glibc
import HostSystem
import LoadGeneration
import MicroHTTP
import RunRecords
import Scenarios
import TestServices
import Testing

@Suite("A run with several loops", .serialized)
struct ThreadsTests {
  private static let millisecond: Int64 = 1_000_000

  private func onPlatform(
    _ behaviour: TestPlatform.Behaviour = .init(), _ body: (TestPlatform) throws -> Void
  ) throws {
    let platform = try TestPlatform(behaviour)
    defer { platform.stop() }
    try body(platform)
  }

  private static func options(_ threads: Int, cost: Double? = nil) -> Generator.Options {
    guard let cost else { return .init(threads: threads) }
    return .init(cost: { _ in cost }, threads: threads)
  }

  @Test("sends the same jobs at the same instants as one loop")
  func sameJobs() throws {
    try onPlatform { platform in
      let plan = TestRun.plan(
        .ramp(from: 50, to: 250, for: .milliseconds(600)), process: .poisson, entries: ["a", "b"])
      var runs: [[String]] = []
      for threads in [1, 2, 5] {
        let run = try TestRun(plan, platform.url, options: Self.options(threads))
        #expect(run[.succeeded] == run.records.count && run.records.count > 50)
        let phase = try #require(run.measurement.phases.first)
        #expect(phase.scheduled == run.records.count)
        runs.append(run.records.map { "\($0.index) \($0.t0 - phase.start) \($0.entry)" })
      }
      #expect(runs[0] == runs[1] && runs[0] == runs[2])
    }
  }

  @Test("keeps a closed phase's number in flight in all")
  func closed() throws {
    try onPlatform(.init(duration: 10 * Self.millisecond)) { platform in
      let run = try TestRun(
        TestRun.plan(.closed(concurrency: 5, until: .jobs(40))), platform.url, options: Self.options(3))
      #expect(run[.succeeded] == 40 && platform.mostAtOnce <= 5 && run.measurement.health.maximumInFlight == 5)
      #expect((run.measurement.health.meanInFlight ?? 9) <= 5)
      let few = try TestRun(
        TestRun.plan(.closed(concurrency: 2, until: .jobs(9))), platform.url, options: Self.options(4))
      #expect(few[.succeeded] == 9 && few.measurement.health.maximumInFlight == 2)
    }
  }

  @Test("holds the cap in total, and loops that wait for room go on when another has some")
  func cap() throws {
    try onPlatform(.init(duration: 100 * Self.millisecond)) { platform in
      let load = PhaseLoad.constant(rate: 100, for: .milliseconds(300))
      let queueing = try TestRun(
        TestRun.plan(load, limits: RunLimits(maximumInFlight: 5)), platform.url, options: Self.options(3))
      #expect(queueing[.succeeded] == 30 && queueing.measurement.health.maximumInFlight == 5)
      #expect(platform.mostAtOnce <= 5)
      let dropping = try TestRun(
        TestRun.plan(load, limits: RunLimits(maximumInFlight: 2, onLimit: .drop)), platform.url,
        options: Self.options(3))
      #expect(dropping[.dropped] > 15 && dropping[.succeeded] + dropping[.dropped] == 30)
      #expect(dropping.measurement.health.maximumInFlight == 2)
    }
  }

  @Test("finds an id that jobs of two loops share")
  func duplicates() throws {
    try onPlatform(.init(duration: 500 * Self.millisecond, id: { "job-\($0 / 2 * 2)" })) { platform in
      let run = try TestRun(
        TestRun.plan(.closed(concurrency: 2, until: .jobs(2))), platform.url, options: Self.options(2))
      #expect(run[.succeeded] == 1 && run[.failed] == 1)
    }
  }

  @Test("stops every loop: at a request, at an abort threshold, at the cost that the run may have")
  func ends() throws {
    let load = PhaseLoad.constant(rate: 60, for: .seconds(60))
    try onPlatform(.init(duration: 300 * Self.millisecond)) { platform in
      let stopped = try TestRun(
        TestRun.plan(load), platform.url, options: Self.options(3),
        whileRunning: { generator in
          let deadline = MonotonicInstant.now + 20_000_000_000
          while platform.submissions < 10, MonotonicInstant.now < deadline { sched_yield() }
          for _ in 0..<2 { generator.stop() }
        })
      #expect(stopped.measurement.end == .interrupted && stopped[.censored] > 0)
    }
    try onPlatform(.init(refusal: { _ in HTTPResponse(status: 503, text: "") })) { platform in
      var threshold = try Threshold(parsing: "count(rejected) >= 5")
      threshold.abort = true
      let aborted = try TestRun(
        TestRun.plan(load, thresholds: [threshold]), platform.url, options: Self.options(3))
      #expect(aborted.measurement.end == .aborted("count(rejected) >= 5") && aborted.records.count < 2_000)
      let costly = try TestRun(
        TestRun.plan(load, limits: RunLimits(maximumCostMicrodollars: 2_000_000)), platform.url,
        options: Self.options(3, cost: 0.5))
      #expect(costly.measurement.end == .costLimit(Double(costly.records.count) * 0.5))
      #expect(costly.records.count >= 4 && costly.records.count < 2_000)
    }
  }

  @Test("hands every record over, where the collector is held up until the last job has ended", arguments: [1, 2])
  func slowCollector(threads: Int) throws {
    try onPlatform(.init(refusal: { _ in HTTPResponse(status: 503, text: "") })) { platform in
      // More for each loop than there is room for on the way.
      let jobs = threads * 5_000
      let isHeld = Lock(false)
      let options = Generator.Options(
        cost: { _ in
          let isFirst = isHeld.withLock { isHeld in
            defer { isHeld = true }
            return !isHeld
          }
          let patience = MonotonicInstant.now + 60_000_000_000
          while isFirst, platform.submissions < jobs, MonotonicInstant.now < patience { usleep(10_000) }
          if isFirst { usleep(300_000) }
          return 0
        }, threads: threads)
      let run = try TestRun(
        TestRun.plan(.closed(concurrency: 16, until: .jobs(jobs))), platform.url, options: options)
      #expect(run[.rejected] == jobs)
    }
  }

  @Test("tells the progress of all loops together")
  func progress() throws {
    try onPlatform { platform in
      let snapshots = Lock<[ProgressSnapshot]>([])
      let run = try TestRun(
        TestRun.plan(.constant(rate: 60, for: .seconds(1))), platform.url, options: Self.options(4),
        progress: { snapshot in snapshots.withLock { $0.append(snapshot) } })
      let last = try #require(snapshots.withLock { $0.last })
      #expect(last.counts == run.measurement.counts && last.scheduled == 60 && last.inFlight == 0)
    }
  }
}
