import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

@Suite("the status store")
struct RedisJobStatusStoreTests {
  /// What a job went through before, and the changes that are then allowed.
  static let transitions: [(before: [JobState], change: JobState, isAllowed: Bool)] = [
    ([], .running, false), ([], .completed, false), ([], .failed, false),
    ([.queued], .running, true), ([.queued], .completed, true), ([.queued], .failed, true),
    ([.queued, .running], .running, false), ([.queued, .running], .completed, true),
    ([.queued, .running], .failed, true),
    ([.queued, .running, .completed], .running, false), ([.queued, .running, .completed], .completed, false),
    ([.queued, .running, .completed], .failed, false),
    ([.queued, .failed], .running, false), ([.queued, .failed], .completed, false),
    ([.queued, .failed], .failed, false),
  ]

  @Test("a state only moves forward, and a change that is refused changes nothing", arguments: transitions)
  func transition(_ before: [JobState], _ change: JobState, _ isAllowed: Bool) throws {
    let platform = try TestPlatform()
    let job = before.isEmpty ? JobID() : try platform.submit()
    for state in before.dropFirst() { #expect(try apply(state, to: job, platform)) }
    let earlier = try platform.statuses.status(of: job)
    #expect(try apply(change, to: job, platform) == isAllowed)
    let later = try platform.statuses.status(of: job)
    #expect(isAllowed ? later?.status == change : later == earlier)
  }

  private func apply(_ state: JobState, to job: JobID, _ platform: TestPlatform) throws -> Bool {
    if state == .running { return try platform.statuses.markRunning(job, timings: JobTimings()) }
    return try platform.statuses.finish(job, JobStatus(jobId: job, status: state, timestamp: 0))
  }

  @Test("the end of a job comes back as it was stored, bytes that are no text included")
  func whole() throws {
    let platform = try TestPlatform()
    let job = try platform.submit()
    var running = JobTimings()
    running.attempt = 2
    #expect(try platform.statuses.markRunning(job, timings: running))
    #expect(try platform.statuses.status(of: job)?.timings?.attempt == 2)
    let sandbox = SandboxReport(
      backend: "bubblewrap", namespaces: ["net", "pid"], controlGroup: "v1", seccomp: false, accounting: "cgroup")
    let details = ExecutionDetails(
      errorType: .runtimeError, exitCode: 3, stdout: CapturedOutput([0xff, 0, 10]),
      stderr: CapturedOutput(Array("ü\n".utf8)), truncated: true, cpuTimeMs: 1.25, wallTimeMs: 2, peakMemoryBytes: 9,
      sandbox: sandbox)
    var timings = running
    timings.s2 = 2
    timings.coldStart = true
    let end = JobStatus(
      jobId: job, status: .failed, error: "Runtime error: exit code 3", timestamp: 1, details: details,
      timings: timings)
    let before = WallClock.microseconds
    #expect(try platform.statuses.finish(job, end))
    let stored = try #require(try platform.statuses.status(of: job))
    #expect(stored.error == end.error)
    #expect(stored.result == nil)
    #expect(stored.details == details)
    let s6 = try #require(stored.timings?.s6)
    #expect((before...WallClock.microseconds).contains(s6))
    #expect(stored.timestamp == s6 / 1_000)
    #expect(stored.timings?.s0 == 1_700_000_000_000_001)
    #expect(stored.timings?.s1 != nil)
    #expect(stored.timings?.s2 == 2)
    #expect(stored.timings?.coldStart == true)
    #expect(stored.timings?.attempt == 2)
  }

  @Test("an empty result is a result")
  func emptyResult() throws {
    let platform = try TestPlatform()
    let job = try platform.submit()
    #expect(try platform.statuses.finish(job, JobStatus(jobId: job, status: .completed, result: "", timestamp: 0)))
    #expect(try platform.statuses.status(of: job)?.result == "")
  }

  @Test("a job whose lifetime has ended is unknown, and cannot be brought back")
  func expired() throws {
    let platform = try TestPlatform { $0.jobLifetimeSeconds = 1 }
    let job = try platform.submit()
    try platform.server.send(["PEXPIRE", RedisArgument(platform.configuration.statusKey(of: job)), 1])
    #expect(try eventually { try platform.statuses.status(of: job) == nil })
    #expect(try !platform.statuses.markRunning(job, timings: JobTimings()))
    #expect(try !platform.statuses.finish(job, JobStatus(jobId: job, status: .completed, timestamp: 0)))
    #expect(try platform.statuses.status(of: job) == nil)
  }

  @Test("of eight threads that end a job, one does")
  func race() throws {
    let platform = try TestPlatform()
    let job = try platform.submit()
    let winners = Lock<[Int]>([])
    let threads = try (0..<8).map { number in
      try NativeThread(named: "finisher") {
        let end = JobStatus(jobId: job, status: .completed, result: "\(number)", timestamp: 0)
        if (try? platform.statuses.finish(job, end)) == true { winners.withLock { $0.append(number) } }
      }
    }
    for thread in threads { thread.join() }
    let all = winners.withLock { $0 }
    #expect(all.count == 1)
    #expect(try platform.statuses.status(of: job)?.result == all.first.map(String.init))
  }

  @Test("a record that another program wrote is reported and not guessed at")
  func unreadable() throws {
    let platform = try TestPlatform()
    let job = JobID()
    let key = RedisArgument(platform.configuration.statusKey(of: job))
    try platform.server.send(["HSET", key, "state", "paused", "timestamp", "1"])
    #expect(try kind { () throws(BackendError) in _ = try platform.statuses.status(of: job) } == .invalid)
    try platform.server.send(["DEL", key])
    try platform.server.send(["SET", key, "text"])
    #expect(try kind { () throws(BackendError) in _ = try platform.statuses.status(of: job) } == .invalid)
  }
}
