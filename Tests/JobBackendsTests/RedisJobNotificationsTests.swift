import Glibc
import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

@Suite("the news of ended jobs")
struct RedisJobNotificationsTests {
  /// What a listener has heard.
  private struct Heard {
    var jobs: [JobID] = []
    var gaps = 0
  }

  private func listen(_ platform: TestPlatform) throws -> (RedisJobNotifications, Lock<Heard>) {
    let heard = Lock(Heard())
    let news = RedisJobNotifications(
      platform.server.address, platform.configuration, backoff: Backoff(first: .milliseconds(5)))
    try news.start(
      finished: { job in
        heard.withLock { $0.jobs.append(job) }
        heard.notifyAll()
      },
      resynchronise: {
        heard.withLock { $0.gaps += 1 }
        heard.notifyAll()
      })
    return (news, heard)
  }

  private func hasHeard(_ heard: Lock<Heard>, _ isEnough: @escaping (Heard) -> Bool) -> Bool {
    heard.wait(until: .now + 5_000_000_000) { isEnough($0) ? true : nil } ?? false
  }

  private func finish(_ platform: TestPlatform) throws -> JobID {
    let job = try platform.submit()
    #expect(try platform.statuses.finish(job, JobStatus(jobId: job, status: .completed, timestamp: 0)))
    return job
  }

  @Test("every end is heard once, when the status can be read already")
  func hears() throws {
    let platform = try TestPlatform()
    let (news, heard) = try listen(platform)
    #expect(hasHeard(heard) { $0.gaps == 1 })
    let jobs = try (0..<20).map { _ in try finish(platform) }
    try platform.server.send(["PUBLISH", RedisArgument(platform.configuration.finishedChannel), "not a job"])
    let last = try finish(platform)
    #expect(hasHeard(heard) { $0.jobs.count == 21 })
    #expect(heard.withLock { $0.jobs } == jobs + [last])
    let start = MonotonicInstant.now
    news.stop()
    news.stop()
    #expect(MonotonicInstant.now - start < 1_000_000_000)
  }

  @Test("a server that restarts is listened to again, and the gap is told each time")
  func reconnects() throws {
    let platform = try TestPlatform()
    let (news, heard) = try listen(platform)
    #expect(hasHeard(heard) { $0.gaps == 1 })
    for restart in 1...2 {
      platform.server.stop(by: SIGKILL)
      try platform.server.start()
      #expect(hasHeard(heard) { $0.gaps == 1 + restart })
      let job = try finish(platform)
      #expect(hasHeard(heard) { $0.jobs.last == job })
    }
    news.stop()
  }

  @Test("a server that is not there yet is waited for, and a stop meanwhile is immediate")
  func absent() throws {
    let platform = try TestPlatform()
    platform.server.stop()
    let (news, heard) = try listen(platform)
    try platform.server.start()
    #expect(hasHeard(heard) { $0.gaps == 1 })
    news.stop()
    platform.server.stop()
    let (second, unheard) = try listen(platform)
    second.stop()
    #expect(unheard.withLock { $0.gaps } == 0)
  }
}
