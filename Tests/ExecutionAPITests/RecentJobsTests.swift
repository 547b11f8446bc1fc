import HostSystem
import Jobs
import Testing

@testable import ExecutionAPI

@Suite("The jobs of the last hour")
struct RecentJobsTests {
  private func status(_ state: JobState, seconds: Double = 1, cold: Bool = false, _ error: ErrorType? = nil)
    -> JobStatus
  {
    var timings = JobTimings()
    timings.s0 = 1_000_000
    timings.s6 = 1_000_000 + Int64(seconds * 1e6)
    timings.coldStart = cold
    let details = error.map { ExecutionDetails(errorType: $0) }
    return JobStatus(jobId: nil, status: state, timestamp: 0, details: details, timings: timings)
  }

  private func text(_ recent: RecentJobs, at now: MonotonicInstant) -> String {
    var text = MetricsText()
    recent.write(to: &text, at: now)
    return text.text
  }

  private let start = MonotonicInstant(nanoseconds: 0)

  @Test("are counted once each, by language and end, cold starts apart")
  func counts() {
    var recent = RecentJobs()
    let jobs = (0..<3).map { _ in JobID() }
    for job in jobs { recent.submitted(job, .python, at: start) }
    recent.ended(jobs[0], status(.completed, cold: true), at: start)
    recent.ended(jobs[0], status(.completed, cold: true), at: start)
    recent.ended(jobs[1], status(.failed, .timeout), at: start)
    recent.ended(JobID(), status(.completed), at: start)
    let text = text(recent, at: start)
    #expect(text.contains(#"rce_api_recent_jobs{language="python",outcome="completed"} 1"#))
    #expect(text.contains(#"rce_api_recent_jobs{language="python",outcome="timeout"} 1"#))
    #expect(text.contains(#"rce_api_recent_cold_starts{language="python"} 1"#))
    #expect(!text.contains("quantile="))
  }

  @Test("are forgotten after it")
  func forgotten() {
    var recent = RecentJobs()
    let job = JobID()
    recent.submitted(job, .java, at: start)
    recent.ended(job, status(.completed), at: start)
    #expect(text(recent, at: start + (RecentJobs.window - 1)).contains("java"))
    #expect(!text(recent, at: start + RecentJobs.window).contains("java"))
  }

  @Test("have a median from six of them on, and a 95th percentile from 59")
  func quantiles() {
    let values = (1...59).map(Double.init)
    #expect(RecentJobs.quantile(0.5, of: Array(values.prefix(5))) == nil)
    #expect(RecentJobs.quantile(0.5, of: Array(values.prefix(6))) == 3)
    #expect(RecentJobs.quantile(0.95, of: Array(values.prefix(58))) == nil)
    #expect(RecentJobs.quantile(0.95, of: values) == 57)
    #expect(RecentJobs.quantile(0.5, of: []) == nil)
  }

  @Test("take a bounded amount of memory")
  func bounded() {
    var recent = RecentJobs()
    for _ in 0..<(RecentJobs.mostOpen + 10) { recent.submitted(JobID(), .cpp, at: start) }
    let job = JobID()
    recent.submitted(job, .cpp, at: start)
    recent.ended(job, status(.completed), at: start)
    #expect(!text(recent, at: start).contains("cpp"))
    // An hour later there is room again.
    recent.submitted(job, .cpp, at: start + RecentJobs.window)
    recent.ended(job, status(.completed), at: start + RecentJobs.window)
    #expect(text(recent, at: start + RecentJobs.window).contains("cpp"))
  }
}
