import JobBackends
import Jobs
import Redis
import TestServices
import Testing

@Suite("without Redis")
struct UnavailableTests {
  /// Every operation of the backends that talks to Redis.
  private static func operations(
    _ platform: TestPlatform, _ message: ReceivedMessage
  ) -> [(name: String, run: () throws(BackendError) -> Void)] {
    let (intake, queue, statuses, job) = (platform.intake, platform.queue, platform.statuses, message.message.jobId)
    let end = JobStatus(jobId: job, status: .completed, timestamp: 0)
    return [
      ("accept", { () throws(BackendError) in _ = try intake.accept(message.message, idempotencyKey: "k") }),
      ("receive", { () throws(BackendError) in _ = try queue.receive(waitMilliseconds: 10) }),
      ("acknowledge", { () throws(BackendError) in try queue.acknowledge(message) }),
      ("release", { () throws(BackendError) in try queue.release(message) }),
      ("bury", { () throws(BackendError) in try queue.bury(message, reason: "r") }),
      ("depth", { () throws(BackendError) in _ = try queue.depth() }),
      ("recover", { () throws(BackendError) in try queue.recoverPending() }),
      ("status", { () throws(BackendError) in _ = try statuses.status(of: job) }),
      ("running", { () throws(BackendError) in try statuses.markRunning(job, timings: JobTimings()) }),
      ("finish", { () throws(BackendError) in try statuses.finish(job, end) }),
    ]
  }

  @Test("every operation says that it is unavailable, where and what to do, and works when it is back")
  func stopped() throws {
    let platform = try TestPlatform()
    try platform.submit()
    let message = try #require(try platform.queue.receive(waitMilliseconds: 0))
    platform.server.stop()
    for (name, run) in Self.operations(platform, message) {
      do throws(BackendError) {
        try run()
        Issue.record("\(name) worked")
      } catch {
        #expect(error.kind == .unavailable, "\(name)")
        #expect(error.description.hasPrefix("cannot "), "\(name): \(error)")
        #expect(error.description.contains("\(platform.server.address)"), "\(name): \(error)")
        #expect(error.description.hasSuffix("Start redis-server there or correct the address."), "\(name): \(error)")
      }
    }
    try platform.server.start()
    for (name, run) in Self.operations(platform, message) {
      #expect(throws: Never.self, "\(name)") { try run() }
    }
  }

  @Test("a server that hangs is unavailable as soon as patience ends")
  func frozen() throws {
    let platform = try TestPlatform(timeouts: RedisTimeouts(connect: .milliseconds(50), reply: .milliseconds(50)))
    try platform.submit()
    let message = try #require(try platform.queue.receive(waitMilliseconds: 0))
    platform.server.freeze()
    defer { platform.server.thaw() }
    for (name, run) in Self.operations(platform, message) {
      #expect(try kind(run) == .unavailable, "\(name)")
    }
  }

  @Test("a replica refuses changes as unavailable")
  func replica() throws {
    let platform = try TestPlatform()
    let job = try platform.submit()
    try platform.server.send(["REPLICAOF", "127.0.0.1", "1"])
    #expect(
      try kind { () throws(BackendError) in
        _ = try platform.intake.accept(TestPlatform.message(), idempotencyKey: nil)
      } == .unavailable)
    #expect(
      try kind { () throws(BackendError) in
        try platform.statuses.markRunning(job, timings: JobTimings())
      } == .unavailable)
  }
}
