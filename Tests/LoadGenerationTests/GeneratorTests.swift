import Glibc
import HostSystem
import Jobs
import LoadGeneration
import MicroHTTP
import RunRecords
import Scenarios
import TestServices
import Testing

@Suite("A run against a real server", .serialized)
struct GeneratorTests {
  private static let millisecond: Int64 = 1_000_000

  private static func platform<Result>(
    _ behaviour: TestPlatform.Behaviour = .init(), _ body: (TestPlatform) throws -> Result
  ) throws -> Result {
    let platform = try TestPlatform(behaviour)
    defer { platform.stop() }
    return try body(platform)
  }

  private static let short = PhaseLoad.constant(rate: 100, for: .milliseconds(300))

  @Test("follows every job from its intended instant to its result", arguments: [0, 40 * millisecond])
  func normal(duration: Int64) throws {
    try Self.platform(.init(duration: duration)) { platform in
      let run = try TestRun(
        TestRun.plan(.constant(rate: 100, for: .seconds(1)), process: .poisson, entries: ["a", "b", "c", "d"]),
        platform.url)
      #expect(run[.succeeded] == run.records.count && run.measurement.end == .completed)
      #expect(run.records.count > 60 && run.records.count < 140)
      for record in run.records {
        let instants = [record.t1, record.t3, record.t4, record.t6, record.t7].compactMap(\.self)
        #expect(instants.count == 5 && record.t2 != nil && record.t5 == nil)
        #expect(record.t0 <= instants[0] && instants == instants.sorted() && record.endedAt == instants[4])
        #expect(record.t7.map { $0 - record.t0 >= duration } == true)
        #expect(record.polls == 1 && record.state == .completed && record.jobId != nil && record.reason == nil)
      }
      let shares = ["a", "b", "c", "d"].map { name in run.records.count { $0.entry == name } }
      #expect(shares == apportion(run.records.count, by: [1, 2, 3, 4]))
    }
  }

  @Test("tells how it went itself, and joins the clocks of one machine")
  func measurement() throws {
    try Self.platform { platform in
      let run = try TestRun(TestRun.plan(.constant(rate: 50, for: .seconds(1))), platform.url)
      let measurement = run.measurement
      #expect(run.records.count == 50 && measurement.phases.count == 1 && measurement.targetVersion == "test 1")
      let phase = try #require(measurement.phases.first)
      #expect(phase.duration == 1_000_000_000 && phase.scheduled == 50 && phase.recorded && !phase.closed)
      #expect(run.records.map { ($0.t0 - phase.start) / Self.millisecond } == (0..<50).map { Int64($0) * 20 })
      #expect(measurement.clockOffset?.microseconds == 0)
      let health = measurement.health
      #expect(health.loopCPUShare > 0 && health.loopCPUShare < 1 && health.residentBytes > 1 << 20)
      #expect(health.maximumInFlight >= 1 && health.meanInFlight ?? 0 > 0)
      #expect(abs(measurement.origin.milliseconds - WallClock.milliseconds) < 60_000)
      var info = RunInfo(
        id: "x", scenario: "test", description: nil, effectiveScenario: "", command: [], seed: 7, target: "",
        sameMachine: true, startedAt: 0, phases: PhaseInfo.planned(TestRun.plan(Self.short)), scheduled: 0,
        environment: RunEnvironment(
          host: "", cpu: "", cores: 1, memoryBytes: 1, kernel: "", system: "", versions: [:]), thresholds: [])
      #expect(info.phases.first?.scheduled == 30 && info.partial)
      measurement.complete(&info)
      #expect(info.startedAt == measurement.origin.milliseconds && info.scheduled == 50 && !info.partial)
    }
  }

  @Test("joins the clocks of two machines by the quickest of several round trips, where the platform tells its time")
  func clocks() throws {
    let plan = TestRun.plan(.closed(concurrency: 1, until: .jobs(1)))
    let ahead = TestPlatform.Behaviour(health: { #"{"nowMicroseconds":\#(WallClock.microseconds + 5_000_000)}"# })
    try Self.platform(ahead) { platform in
      let run = try TestRun(plan, platform.url, isOnThisMachine: false)
      let offset = try #require(run.measurement.clockOffset)
      #expect(offset.errorBoundMicroseconds > 0 && offset.errorBoundMicroseconds < 1_000_000)
      #expect((offset.microseconds + 5_000_000).magnitude <= offset.errorBoundMicroseconds)
    }
    try Self.platform { platform in
      let run = try TestRun(plan, platform.url, isOnThisMachine: false)
      #expect(run.measurement.clockOffset == nil)
    }
  }

  @Test("sends the same jobs at the same instants for the same seed")
  func reproducible() throws {
    try Self.platform { platform in
      let plan = TestRun.plan(.ramp(from: 0, to: 200, for: .milliseconds(400)), process: .poisson, entries: ["a", "b"])
      let sequences = try (0..<2).map { _ in
        let run = try TestRun(plan, platform.url)
        return run.records.map { ($0.t0 - run.measurement.phases[0].start, $0.entry) }
      }
      #expect(sequences[0].map(\.0) == sequences[1].map(\.0) && sequences[0].map(\.1) == sequences[1].map(\.1))
    }
  }

  @Test("reads states in proportion to the age, also where a platform ignores `wait`")
  func proportional() throws {
    for policy in [PollingPolicy.proportional, .longPoll(wait: .seconds(5))] {
      try Self.platform(.init(duration: 200 * Self.millisecond, holdsReads: false)) { platform in
        let run = try TestRun(TestRun.plan(Self.short, polling: policy), platform.url)
        #expect(run[.succeeded] == 30)
        // 5 ms grow to 10 ms within 200 ms: some 30 reads; asking without a pause would take thousands.
        #expect(run.records.allSatisfy { $0.polls > 3 && $0.polls < 60 && $0.t5 != nil })
      }
    }
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var behaviour: TestPlatform.Behaviour
    var outcome: JobOutcome
    var reason: String
  }

  @Test(
    "counts what goes wrong in the right outcome",
    arguments: [
      Fault(
        testDescription: "lost", behaviour: .init(status: { HTTPResponse(status: 404, text: "{}") }), outcome: .lost,
        reason: "accepted, then unknown: status read answered with HTTP 404"),
      Fault(
        testDescription: "429", behaviour: .init(refusal: { _ in HTTPResponse(status: 429, text: "") }),
        outcome: .rejected, reason: "submission refused with HTTP 429"),
      Fault(
        testDescription: "500", behaviour: .init(refusal: { _ in HTTPResponse(status: 500, text: "") }),
        outcome: .failed, reason: "submission answered with HTTP 500"),
      Fault(
        testDescription: "wrong result",
        behaviour: .init(status: { HTTPResponse(status: 200, text: TestPlatform.completed("bye")) }),
        outcome: .wrongResult, reason: "stdout differs from what is expected"),
      Fault(
        testDescription: "unexpected error",
        behaviour: .init(status: {
          HTTPResponse(status: 200, text: #"{"status":"failed","error":"Memory limit exceeded: 64 MiB"}"#)
        }), outcome: .failed, reason: "unexpected error: memory_limit"),
      Fault(
        testDescription: "malformed", behaviour: .init(status: { HTTPResponse(status: 200, text: "<html>") }),
        outcome: .failed, reason: "status answers cannot be understood"),
      Fault(
        testDescription: "never done", behaviour: .init(duration: nil), outcome: .timedOut,
        reason: "not terminal at the job deadline"),
      Fault(
        testDescription: "status never read",
        behaviour: .init(status: { HTTPResponse(status: 503, text: "") }), outcome: .timedOut,
        reason: "status could not be read until the job deadline: HTTP 503"),
    ])
  func faults(_ fault: Fault) throws {
    try Self.platform(fault.behaviour) { platform in
      let run = try TestRun(
        TestRun.plan(Self.short, limits: RunLimits(jobDeadline: .seconds(1))), platform.url)
      #expect(run[fault.outcome] == 30)
      #expect(Set(run.records.map(\.reason)) == [fault.reason])
    }
  }

  @Test("counts an id that two jobs share once")
  func duplicates() throws {
    try Self.platform(.init(duration: 500 * Self.millisecond, id: { "job-\($0 / 2 * 2)" })) { platform in
      let run = try TestRun(TestRun.plan(.closed(concurrency: 2, until: .jobs(2))), platform.url)
      #expect(run[.succeeded] == 1 && run[.failed] == 1)
    }
  }

  @Test("tries again what the scenario says, and says how often")
  func retries() throws {
    let busy = HTTPResponse(status: 429, headers: [("Retry-After", "0")])
    try Self.platform(.init(refusal: { $0 < 3 ? busy : nil })) { platform in
      let run = try TestRun(
        TestRun.plan(.closed(concurrency: 1, until: .jobs(3))), platform.url,
        retry: RetryPolicy(backoff: .milliseconds(5)))
      #expect(run[.succeeded] == 3 && run.records.map(\.retries) == [3, 0, 0] && platform.submissions == 6)
    }
  }

  @Test("counts connections that are reset, and answers that are cut short")
  func brokenTransfers() throws {
    let resets = try RawServer { $0.hasPrefix("GET /health") ? .json(200, "{}") : .reset }
    defer { resets.stop() }
    let reset = try TestRun(
      TestRun.plan(.closed(concurrency: 2, until: .jobs(4))), "http://127.0.0.1:\(resets.port)")
    #expect(reset[.failed] == 4)
    #expect(Set(reset.records.map(\.reason)) == ["submission without an answer: connection reset"])
    let cuts = try RawServer { request in
      if request.hasPrefix("GET /health") { return .json(200, "{}") }
      if request.hasPrefix("POST") { return .json(202, #"{"jobId":"j","status":"queued"}"#) }
      return .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\":\"comp")
    }
    defer { cuts.stop() }
    let cut = try TestRun(TestRun.plan(.closed(concurrency: 1, until: .jobs(2))), "http://127.0.0.1:\(cuts.port)")
    #expect(cut[.failed] == 2 && cut.records.allSatisfy { $0.polls == 3 })
    #expect(Set(cut.records.map(\.reason)) == ["status answers cannot be understood: answer cut short"])
  }

  @Test("keeps a closed phase's number in flight and no more")
  func closed() throws {
    try Self.platform(.init(duration: 20 * Self.millisecond)) { platform in
      let run = try TestRun(TestRun.plan(.closed(concurrency: 3, until: .jobs(30))), platform.url)
      #expect(run[.succeeded] == 30 && platform.mostAtOnce <= 3 && run.measurement.health.maximumInFlight == 3)
      let phase = try #require(run.measurement.phases.first)
      #expect(phase.closed && phase.duration >= 200 * Self.millisecond && phase.scheduled == 30)
      // A job is due when the one before it in its slot has ended.
      let ends = Set(run.records.map(\.endedAt) + [phase.start])
      #expect(run.records.allSatisfy { ends.contains($0.t0) })
    }
  }

  @Test("at the in-flight cap drops jobs, or sends them late and counts from when they were due")
  func inFlightCap() throws {
    try Self.platform(.init(duration: 100 * Self.millisecond)) { platform in
      let dropping = try TestRun(
        TestRun.plan(Self.short, limits: RunLimits(maximumInFlight: 2, onLimit: .drop)), platform.url)
      #expect(dropping[.dropped] > 15 && dropping[.succeeded] + dropping[.dropped] == 30)
      #expect(dropping.records.allSatisfy { ($0.t1 == nil) == ($0.outcome == .dropped) })
      let queueing = try TestRun(
        TestRun.plan(Self.short, limits: RunLimits(maximumInFlight: 5)), platform.url)
      #expect(queueing[.succeeded] == 30 && queueing.measurement.health.maximumInFlight == 5)
      // Six rounds of 100 ms for 300 ms of arrivals.
      #expect(queueing.records.last.flatMap { last in last.t1.map { $0 - last.t0 } } ?? 0 > 150 * Self.millisecond)
    }
  }

  @Test("censors what is in flight when the drain window closes")
  func drain() throws {
    try Self.platform(.init(duration: nil)) { platform in
      let run = try TestRun(
        TestRun.plan(Self.short, limits: RunLimits(maximumInFlight: 10, drain: .milliseconds(200))), platform.url)
      #expect(run[.censored] == 30 && run.records.count { $0.t1 == nil } == 20)
      #expect(run.measurement.end == .completed && run.measurement.durationSeconds < 5)
    }
  }

  @Test("stops arrivals at the first request to stop and everything at the second", arguments: [1, 2])
  func stops(requests: Int) throws {
    try Self.platform(.init(duration: 300 * Self.millisecond)) { platform in
      let run = try TestRun(
        TestRun.plan(.constant(rate: 50, for: .seconds(60))), platform.url,
        whileRunning: { generator in
          let deadline = MonotonicInstant.now + 20_000_000_000
          while platform.submissions < 10, MonotonicInstant.now < deadline { sched_yield() }
          for _ in 0..<requests { generator.stop() }
        })
      #expect(run.measurement.end == .interrupted && run.measurement.isPartial)
      #expect(run.records.count >= 10 && run.records.count < 1_000)
      // On a crowded machine a job may be due and not yet sent at the first request.
      let cutOff = run.records.count { $0.outcome == .censored && $0.t1 != nil }
      #expect(requests == 1 ? cutOff == 0 : cutOff > 0)
    }
  }

  @Test("ends when a threshold with abort comes true, and when it has cost enough")
  func limits() throws {
    try Self.platform(.init(refusal: { _ in HTTPResponse(status: 503, text: "") })) { platform in
      var threshold = try Threshold(parsing: "rate(rejected) > 20%")
      threshold.abort = true
      let load = PhaseLoad.constant(rate: 50, for: .seconds(60))
      let run = try TestRun(TestRun.plan(load, thresholds: [threshold]), platform.url)
      #expect(run.measurement.end == .aborted("rate(rejected) > 20%"))
      #expect(run.measurement.end.reason == "aborted by the threshold rate(rejected) > 20%")
      let costly = try TestRun(
        TestRun.plan(load, limits: RunLimits(maximumCostMicrodollars: 2_000_000)), platform.url,
        options: .init(cost: { _ in 0.5 }))
      guard case .costLimit(let dollars) = costly.measurement.end else {
        Issue.record("\(costly.measurement.end)")
        return
      }
      #expect(dollars >= 2 && dollars == Double(costly.records.count) * 0.5)
    }
  }

  @Test("tells its progress while it runs")
  func progress() throws {
    try Self.platform { platform in
      let snapshots = Lock<[ProgressSnapshot]>([])
      let run = try TestRun(
        TestRun.plan(.constant(rate: 50, for: .seconds(1))), platform.url,
        progress: { snapshot in snapshots.withLock { $0.append(snapshot) } })
      let seen = snapshots.withLock { $0 }
      let last = try #require(seen.last)
      #expect(seen.count >= 2 && seen.first?.phase == "steady" && last.counts == run.measurement.counts)
      #expect(last.scheduled == 50 && last.planned == 50 && last.inFlight == 0 && last.endToEnd.median != nil)
      #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.elapsed < $1.elapsed && $0.scheduled <= $1.scheduled })
    }
  }

  @Test("does not begin where nothing answers, and says what to do")
  func unreachable() throws {
    let error = #expect(throws: TargetError.self) {
      _ = try TestRun(TestRun.plan(Self.short), "http://user:secret@127.0.0.1:1")
    }
    #expect(
      error?.description == "cannot reach http://***@127.0.0.1:1/health: connection refused; is the platform running "
        + "there, and is the URL right?")
  }
}
