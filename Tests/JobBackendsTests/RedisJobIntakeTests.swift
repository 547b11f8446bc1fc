import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

@Suite("the intake")
struct RedisJobIntakeTests {
  @Test("stores the status record and the message together, both with the instant of acceptance")
  func both() throws {
    let platform = try TestPlatform()
    let before = WallClock.microseconds
    let job = try platform.submit()
    let status = try #require(try platform.statuses.status(of: job))
    #expect(status.jobId == job)
    #expect(status.status == .queued)
    #expect(status.result == nil && status.error == nil && status.details == nil)
    #expect(status.timings?.s0 == 1_700_000_000_000_001)
    let accepted = try #require(status.timings?.s1)
    #expect((before...WallClock.microseconds).contains(accepted))
    #expect(status.timestamp == accepted / 1_000)
    let received = try #require(try platform.queue.receive(waitMilliseconds: 0))
    #expect(received.message.jobId == job)
    #expect(received.sentAt == accepted)
  }

  @Test("forgets a job and its key when the lifetime ends")
  func lifetime() throws {
    let platform = try TestPlatform { $0.jobLifetimeSeconds = 77 }
    let message = TestPlatform.message()
    _ = try platform.intake.accept(message, idempotencyKey: "key")
    for key in [platform.configuration.statusKey(of: message.jobId), platform.configuration.idempotencyKey("key")] {
      let seconds = try #require(try platform.server.send(["TTL", RedisArgument(key)]).integer)
      #expect((70...77).contains(seconds), "\(key)")
    }
  }

  @Test("the same key names the same job, another key another")
  func idempotency() throws {
    let platform = try TestPlatform()
    let first = TestPlatform.message()
    let key = "any text: \0 \n ü"
    #expect(try platform.intake.accept(first, idempotencyKey: key) == .created(first.jobId))
    #expect(try platform.intake.accept(TestPlatform.message(), idempotencyKey: key) == .existing(first.jobId))
    let second = TestPlatform.message()
    #expect(try platform.intake.accept(second, idempotencyKey: "other") == .created(second.jobId))
    #expect(try platform.queue.depth().waiting == 2)
  }

  @Test("a try that is repeated because its answer got lost stores nothing twice")
  func repeated() throws {
    let platform = try TestPlatform()
    let message = TestPlatform.message()
    #expect(try platform.intake.accept(message, idempotencyKey: nil) == .created(message.jobId))
    #expect(try platform.intake.accept(message, idempotencyKey: nil) == .existing(message.jobId))
    #expect(try platform.queue.depth().waiting == 1)
  }

  @Test("of two threads that race with one key, one creates and both hear of the same job")
  func race() throws {
    let platform = try TestPlatform()
    let answers = Lock<[[Acceptance]]>([])
    let threads = try (0..<2).map { _ in
      try NativeThread(named: "client") {
        let mine = (0..<100).compactMap { try? platform.intake.accept(TestPlatform.message(), idempotencyKey: "\($0)") }
        answers.withLock { $0.append(mine) }
      }
    }
    for thread in threads { thread.join() }
    let (left, right) = try #require(answers.withLock { $0.count == 2 ? ($0[0], $0[1]) : nil })
    try #require(left.count == 100 && right.count == 100)
    for pair in zip(left, right) {
      switch pair {
      case (.created(let created), .existing(let existing)), (.existing(let existing), .created(let created)):
        #expect(created == existing)
      default: Issue.record("\(pair)")
      }
    }
    #expect(try platform.queue.depth().waiting == 100)
  }

  @Test("where the message is refused, no record and no key are left behind")
  func refused() throws {
    let platform = try TestPlatform()
    try platform.server.send(["SET", RedisArgument(platform.configuration.streamKey), "not a stream"])
    #expect(
      try kind { () throws(BackendError) in
        _ = try platform.intake.accept(TestPlatform.message(), idempotencyKey: "key")
      } == .invalid)
    #expect(try platform.server.send(["DBSIZE"]).integer == 1)
  }

  @Test("a full server refuses jobs and says so, and forgets none that it has")
  func full() throws {
    let platform = try TestPlatform(options: ["--maxmemory", "3mb", "--maxmemory-policy", "noeviction"])
    let code = String(repeating: "#", count: 60_000)
    var accepted = 0
    do {
      for _ in 0..<100 {
        try platform.submit(code)
        accepted += 1
      }
      Issue.record("the server never filled up")
    } catch {
      let error = try #require(error as? BackendError)
      #expect(error.kind == .unavailable)
      #expect(error.description.contains("OOM"))
      #expect(error.description.hasSuffix("Raise maxmemory or remove old jobs; nothing was stored."))
    }
    #expect(accepted > 0)
    #expect(try platform.queue.depth().waiting == accepted)
    #expect(try platform.server.send(["DBSIZE"]).integer == Int64(accepted) + 1)
  }
}
