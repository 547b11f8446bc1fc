import ExecutionAPI
import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

@Suite("While Redis is away")
struct OutageTests {
  private let submission = Ask.submit(#"{"code": "x", "language": "python"}"#)

  @Test("requests are answered 503, and afterwards all that was accepted is still there")
  func stopped() throws {
    let platform = try TestPlatform(appendOnly: true)
    let accepted = try (0..<20).map { _ in try platform.submit() }
    platform.redis.stop(by: 9)
    for depth in Depth.allCases {
      for ask in [
        submission, .get("/job-status/\(accepted[0])"), .get("/job-status/\(accepted[0])?wait=5"), .get("/health"),
      ] {
        let answer = try platform.send(ask, depth)
        #expect(answer.status == 503)
        #expect(answer.headers["retry-after"] == "1")
        #expect(try answer.problem().type == "urn:rce:problem:unavailable")
        #expect(!answer.text.contains("redis.sock"))
      }
    }
    #expect(try platform.send(.get("/languages")).status == 200)
    #expect(try platform.send(.get("/metrics")).status == 200)
    try platform.redis.start()
    #expect(try eventually { try platform.send(.get("/health")).status == 200 })
    var stored: [JobID] = []
    while let message = try platform.queue.receive(waitMilliseconds: 50) { stored.append(message.message.jobId) }
    #expect(stored == accepted)
    for job in accepted { #expect(try platform.statuses.status(of: job)?.status == .queued) }
    #expect(try platform.send(submission).status == 202)
  }

  @Test("who waits is answered when it is back and the job has ended")
  func waiting() throws {
    let platform = try TestPlatform(appendOnly: true) { api, _ in api.longestWaitSeconds = 60 }
    let job = try platform.submit()
    let client = try WaitingClient(platform, .get("/job-status/\(job)?wait=60"))
    // The first reading has been answered: from now on the client hears of nothing but the end.
    #expect(
      try eventually {
        try platform.redis.send(["INFO", "commandstats"]).text?.contains("cmdstat_hgetall:calls=1") == true
      })
    try platform.redis.send(["PING"])
    platform.redis.stop(by: 9)
    try platform.redis.start()
    try platform.finish(job, result: "late")
    #expect(try client.answer(within: 20).json(JobStatus.self).result == "late")
  }

  @Test("as one that hangs, requests are answered 503 within its timeouts")
  func frozen() throws {
    let platform = try TestPlatform()
    let job = try platform.submit()
    platform.redis.freeze()
    let start = MonotonicInstant.now
    let answer = try platform.send(.get("/job-status/\(job)"))
    #expect(answer.status == 503)
    #expect(MonotonicInstant.now - start < 10_000_000_000)
    platform.redis.thaw()
    #expect(try eventually { try platform.send(.get("/job-status/\(job)")).status == 200 })
    #expect(try platform.send(submission).status == 202)
  }
}
