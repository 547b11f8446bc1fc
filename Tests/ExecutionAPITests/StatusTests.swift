import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

@Suite("The status of a job", .sharedPlatform)
struct StatusTests {
  @Test("follows the job from queued to its end", arguments: Depth.allCases)
  func life(_ depth: Depth) throws {
    let platform = try TestPlatform.current
    let job = try platform.submit()
    let queued = try platform.send(.get("/job-status/\(job)"), depth)
    let status = try queued.json(JobStatus.self)
    #expect(queued.status == 200)
    #expect(queued.headers["content-type"] == "application/json")
    #expect(queued.headers["job-wait-max-seconds"] == "20")
    #expect(queued.headers["cache-control"] == "no-store")
    #expect(status.jobId == job)
    #expect(status.status == .queued)
    #expect(status.timings?.s0 != nil)
    #expect(status.timings?.s1 != nil)

    var timings = JobTimings()
    timings.s2 = 5
    try platform.statuses.markRunning(job, timings: timings)
    #expect(try platform.send(.get("/job-status/\(job)"), depth).json(JobStatus.self).status == .running)

    let details = ExecutionDetails(exitCode: 0, stdout: .init([0xff, 0x00]), stderr: .init(Array("é\n".utf8)))
    try platform.statuses.finish(
      job, JobStatus(jobId: job, status: .completed, result: "42", timestamp: 0, details: details, timings: timings))
    let ended = try platform.send(.get("/job-status/\(job)"), depth).json(JobStatus.self)
    #expect(ended.status == .completed)
    #expect(ended.result == "42")
    #expect(ended.details == details)
    #expect(ended.timings?.s2 == 5)
    #expect(ended.timings?.s6 != nil)
  }

  @Test("is found by an id in capitals too", arguments: Depth.allCases)
  func capitals(_ depth: Depth) throws {
    let platform = try TestPlatform.current
    let job = try platform.submit()
    let answer = try platform.send(.get("/job-status/\(job.description.uppercased())"), depth)
    #expect(try answer.json(JobStatus.self).jobId == job)
  }

  @Test("whose record another program has overwritten is 500, and says nothing of the store", arguments: Depth.allCases)
  func overwritten(_ depth: Depth) throws {
    let platform = try TestPlatform.current
    let job = JobID()
    try platform.redis.send(["SET", "{rce}:job:\(job)", "not a hash"])
    let answer = try platform.send(.get("/job-status/\(job)"), depth)
    #expect(answer.status == 500)
    #expect(try answer.problem().type == "urn:rce:problem:internal-error")
    #expect(!answer.text.contains("redis"))
  }

  @Test("waited for no time, or for a job that has ended, is answered at once", arguments: ["0", "0.0", "20"])
  func atOnce(wait: String) throws {
    let platform = try TestPlatform.current
    let job = try platform.submit()
    if wait == "20" { try platform.finish(job) }
    for depth in Depth.allCases {
      let start = MonotonicInstant.now
      let answer = try platform.send(.get("/job-status/\(job)?wait=\(wait)"), depth)
      #expect(answer.status == 200)
      #expect(MonotonicInstant.now - start < 5_000_000_000)
    }
  }
}
