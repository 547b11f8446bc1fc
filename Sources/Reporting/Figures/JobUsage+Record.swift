import Jobs
import Pricing
package import RunRecords
package import Scenarios

/// Prices the jobs of a run, each by what was measured of it.
package struct RecordPricing: Sendable {
  let pricing: JobPricing
  /// Whether status reads may wait inside the API, where they are billed all the while.
  let readsMayWait: Bool

  /// Prices for a run whose status reads follow that policy.
  package init(polling: PollingPolicy, on deployment: DeploymentInfo? = nil) {
    pricing = JobPricing(.priced(deployment))
    readsMayWait = if case .longPoll = polling { true } else { false }
  }

  /// Prices for a stored run; what its scenario does not say is the default, which waits.
  package init(_ info: RunInfo?) {
    pricing = JobPricing(.priced(info?.deployment, by: info?.platformLog))
    let others = ["proportional", "fixed", "exponential"].map { "policy: \($0)" }
    readsMayWait = !others.contains { info?.effectiveScenario.contains($0) ?? false }
  }

  /// Dollars for one job; nil where the platform does not tell what would be billed.
  package func dollars(of job: JobRecord) -> Double? {
    usage(of: job).map { pricing.dollars(of: $0) }
  }

  /// Dollars for one job, and at most that many where the platform does not tell what would be billed: as if it had been
  /// executed from its acceptance to its end.
  package func bound(of job: JobRecord, executorMB: Int) -> Double {
    guard job.jobId != nil else { return 0 }
    let waited = Int(max(0, job.endedAt - (job.t4 ?? job.t0)) / 1_000_000)
    let billed = job.timings?.billedMs ?? waited
    return pricing.dollars(
      of: usage(of: job, billed: max(0, billed), memoryMB: job.timings?.memoryMB ?? executorMB))
  }

  /// What a job used; nil where the platform does not tell what would be billed.
  func usage(of job: JobRecord) -> JobUsage? {
    guard let billed = job.timings?.billedMs, let memory = job.timings?.memoryMB, billed >= 0, memory >= 0 else {
      return nil
    }
    return usage(of: job, billed: billed, memoryMB: memory)
  }

  private func usage(of job: JobRecord, billed: Int, memoryMB: Int) -> JobUsage {
    JobUsage(
      execution: InvocationUsage(billedMilliseconds: billed, memoryMB: memoryMB),
      submissions: 1 + min(job.retries, 10_000),
      polls: job.polls, waitedMilliseconds: waited(job), deliveries: job.timings?.attempt ?? 1)
  }

  /// Milliseconds that status reads waited for the job's end: all of them, unless there are so many reads that they can not
  /// have waited (a read that does not wait is repeated after 250 ms at most).
  private func waited(_ job: JobRecord) -> Int {
    guard readsMayWait, let accepted = job.t4, let done = job.t6, done > accepted else { return 0 }
    let milliseconds = Int((done - accepted) / 1_000_000)
    return job.polls <= 2 + milliseconds / 500 ? milliseconds : 0
  }
}
