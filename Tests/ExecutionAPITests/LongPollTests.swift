import ExecutionAPI
import FoundationEssentials
import Glibc
import HostSystem
import JobBackends
import Jobs
import MicroHTTP
import Redis
import TestServices
import Testing

@Suite("Waiting for a job's end")
struct LongPollTests {
  private let platform: TestPlatform

  init() throws {
    platform = try TestPlatform { api, listening in
      api.longestWaitSeconds = 60
      listening.threads = 4
    }
  }

  private func wait(for job: JobID, seconds: Int = 30, _ depth: Depth = .loopback) throws -> WaitingClient {
    try WaitingClient(platform, .get("/job-status/\(job)?wait=\(seconds)"), depth)
  }

  private func areWaiting(_ count: Int) throws -> Bool {
    try eventually(within: 20_000) { try platform.metric("rce_api_long_polls") == count }
  }

  @Test("ends when the job does")
  func finished() throws {
    let job = try platform.submit()
    let client = try wait(for: job)
    #expect(try areWaiting(1))
    try platform.finish(job, result: "42")
    // Less than a millisecond on a quiet machine; the bound leaves room for a busy one.
    let status = try client.answer(within: 2).json(JobStatus.self)
    #expect(status.status == .completed)
    #expect(status.result == "42")
    #expect(try areWaiting(0))
  }

  @Test("does not end when the job begins to run")
  func running() throws {
    let job = try platform.submit()
    let client = try wait(for: job)
    #expect(try areWaiting(1))
    try platform.statuses.markRunning(job, timings: JobTimings())
    #expect(try platform.metric("rce_api_long_polls") == 1)
    try platform.finish(job)
    #expect(try client.answer(within: 10).json(JobStatus.self).status == .completed)
  }

  @Test("ends with the present state when its time is over", arguments: Depth.allCases)
  func deadline(_ depth: Depth) throws {
    let job = try platform.submit()
    try platform.statuses.markRunning(job, timings: JobTimings())
    let start = MonotonicInstant.now
    let answer = try platform.send(.get("/job-status/\(job)?wait=0.25"), depth)
    let nanoseconds = MonotonicInstant.now - start
    #expect((250_000_000..<5_000_000_000).contains(nanoseconds), "\(nanoseconds)")
    #expect(answer.status == 200)
    #expect(try answer.json(JobStatus.self).status == .running)
  }

  @Test("takes no longer than the server's own limit, which every answer tells")
  func cap() throws {
    let platform = try TestPlatform { api, _ in api.longestWaitSeconds = 1 }
    let start = MonotonicInstant.now
    let answer = try platform.send(.get("/job-status/\(try platform.submit())?wait=300"))
    #expect(MonotonicInstant.now - start < 20_000_000_000)
    #expect(answer.status == 200)
    #expect(answer.headers["job-wait-max-seconds"] == "1")
  }

  @Test("is off where the limit is 0")
  func off() throws {
    let platform = try TestPlatform { api, _ in api.longestWaitSeconds = 0 }
    let answer = try platform.send(.get("/job-status/\(try platform.submit())?wait=300"))
    #expect(answer.status == 200)
    #expect(answer.headers["job-wait-max-seconds"] == "0")
  }

  @Test("never misses an end that comes between the reading and the waiting")
  func race() throws {
    for round in 0..<200 {
      let job = try platform.submit()
      let finisher = try NativeThread(named: "finisher") { [platform] in
        usleep(UInt32(round * 10 % 700))
        try? platform.finish(job)
      }
      let start = MonotonicInstant.now
      let answer = try platform.send(.get("/job-status/\(job)?wait=30"), round.isMultiple(of: 2) ? .loopback : .handler)
      finisher.join()
      #expect(try answer.json(JobStatus.self).status == .completed)
      #expect(MonotonicInstant.now - start < 10_000_000_000)
    }
  }

  @Test("is possible for a thousand clients at once, while four threads serve others")
  func thousand() throws {
    let jobs = try (0..<1_000).map { _ in try platform.submit() }
    let connections = try jobs.map { job in
      let connection = try RawConnection(to: platform.server.port)
      try connection.get("/job-status/\(job)?wait=60")
      return connection
    }
    #expect(try areWaiting(1_000))
    #expect(try platform.send(.get("/languages")).status == 200)
    for job in jobs { try platform.finish(job, result: job.description) }
    for (job, connection) in zip(jobs, connections) {
      let answer = connection.answer(within: 20_000)
      #expect(answer?.status == 200)
      #expect(answer?.text.contains("\"result\":\"\(job)\"") == true)
    }
    #expect(try areWaiting(0))
  }

  @Test("is possible for many clients and one job")
  func oneJob() throws {
    let job = try platform.submit()
    let clients = try (0..<20).map { _ in try wait(for: job) }
    #expect(try areWaiting(20))
    try platform.finish(job)
    for client in clients { #expect(try client.answer(within: 10).json(JobStatus.self).status == .completed) }
  }

  @Test("survives a gap in the news")
  func gap() throws {
    let job = try platform.submit()
    let client = try wait(for: job)
    #expect(try areWaiting(1))
    // The end is stored, and nobody is told.
    try platform.redis.send(["HSET", "{rce}:job:\(job)", "state", "completed", "result", "quiet"])
    try platform.redis.send(["CLIENT", "KILL", "TYPE", "pubsub"])
    #expect(try client.answer(within: 10).json(JobStatus.self).result == "quiet")
  }

  @Test("is answered 503 when the server stops")
  func stop() throws {
    let clients = try (0..<50).map { _ in try wait(for: platform.submit()) }
    #expect(try areWaiting(50))
    let start = MonotonicInstant.now
    platform.server.stop()
    #expect(MonotonicInstant.now - start < 5_000_000_000)
    for client in clients {
      let answer = try client.answer(within: 10)
      #expect(answer.status == 503)
      #expect(answer.headers["retry-after"] == "1")
      #expect(try answer.problem().type == "urn:rce:problem:unavailable")
    }
    #expect(throws: (any Error).self) { try platform.send(.get("/health")) }
  }
}
