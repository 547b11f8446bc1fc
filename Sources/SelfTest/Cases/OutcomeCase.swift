package import RunRecords
import Scenarios
import Statistics

/// Every way in which a platform fails a job, each counted in the right outcome.
package enum OutcomeCase {
  /// Jobs of each kind.
  package static let jobsOfEach = 8

  /// What a job is to be counted as.
  package static func outcome(of fault: PlatformFault) -> JobOutcome {
    switch fault {
    case .none, .slowPublish, .refusedOnce, .twin, .truncatedOnce, .resetOnce: .succeeded
    case .wrongOutput: .wrongResult
    case .error, .duplicateID, .truncatedSubmission, .truncated, .resetSubmission: .failed
    case .never: .timedOut
    case .lost: .lost
    case .refused: .rejected
    }
  }

  package static func run() throws -> CaseRun {
    let faults = PlatformFault.allCases
    let rate = 40.0
    let length = Double(faults.count * jobsOfEach) / rate
    return try CaseRun(
      .selfTest(
        "outcomes", .constant(rate: rate, for: .milliseconds(Int((length * 1_000).rounded()))),
        entries: faults, copies: jobsOfEach,
        limits: RunLimits(jobDeadline: .seconds(6), drain: .seconds(20))),
      PlatformBehaviour(service: { _ in 20_000_000 }),
      retry: RetryPolicy(statuses: [429], maximum: 2, backoff: .milliseconds(100)))
  }

  /// What the run's records and the platform say, in the form that is judged.
  package struct Finding: Sendable, Equatable {
    /// Jobs by what was done to them and what they were counted as.
    package var outcomes: [PlatformFault: [JobOutcome: Int]] = [:]
    /// Jobs that the plan wanted.
    package var scheduled = 0
    /// Submissions that the generator says it sent, by what they asked for.
    package var sent: [PlatformFault: Int] = [:]
    /// Submissions that the platform read.
    package var received: [PlatformFault: Int] = [:]
    /// The shortest latency of a job that was refused once, and so of a wait for Retry-After, in nanoseconds.
    package var shortestRetry: Int64?
    /// Each job's time from its end to its result's being visible, as measured, in nanoseconds.
    package var publish: [Int64] = []

    package init() {}
  }

  package static func finding(_ run: CaseRun) -> Finding {
    var finding = Finding()
    let clock = RunClock(run.reading.info)
    finding.scheduled = run.reading.info.scheduled
    finding.received = run.log.submissionsByFault
    for record in run.reading.records {
      let fault = PlatformFault(program: record.entry)
      finding.outcomes[fault, default: [:]][record.outcome, default: 0] += 1
      finding.sent[fault, default: 0] += record.t1 == nil ? 0 : 1 + record.retries
      if fault == .refusedOnce, let e2e = record.value(of: .e2e, on: clock)?.nanoseconds {
        finding.shortestRetry = min(finding.shortestRetry ?? .max, e2e)
      }
      if fault == .slowPublish, let value = record.value(of: .publish, on: clock) {
        finding.publish.append(value.nanoseconds)
      }
    }
    return finding
  }

  /// Each kind in its outcome, the balance exact, nothing sent twice, Retry-After obeyed, the slow publish measured.
  package static func figures(_ finding: Finding) -> [SelfTestFigure] {
    PlatformFault.allCases.map { outcomeFigure($0, finding.outcomes[$0] ?? [:]) }
      + [balance(finding)] + PlatformFault.allCases.compactMap { submissions($0, finding) }
      + [retryAfter(finding.shortestRetry), publish(finding.publish)]
  }

  private static func outcomeFigure(_ fault: PlatformFault, _ counts: [JobOutcome: Int])
    -> SelfTestFigure
  {
    let truth = [outcome(of: fault): jobsOfEach]
    return SelfTestFigure(
      fault.rawValue, truth: text(truth), measured: text(counts), tolerance: "exact",
      passed: counts == truth)
  }

  private static func text(_ counts: [JobOutcome: Int]) -> String {
    let shown = JobOutcome.allCases.compactMap { outcome in
      counts[outcome].map { "\($0) \(outcome.rawValue)" }
    }
    return shown.isEmpty ? "none" : shown.joined(separator: ", ")
  }

  private static func balance(_ finding: Finding) -> SelfTestFigure {
    let counted = finding.outcomes.values.reduce(0) { $0 + $1.values.reduce(0, +) }
    let planned = PlatformFault.allCases.count * jobsOfEach
    return SelfTestFigure(
      "outcomes balance", truth: "\(planned) scheduled",
      measured: "\(finding.scheduled) scheduled, \(counted) counted",
      tolerance: "exact", passed: finding.scheduled == planned && counted == planned)
  }

  /// Where the platform read another number of submissions than were sent; one figure for all where it did not.
  private static func submissions(_ fault: PlatformFault, _ finding: Finding) -> SelfTestFigure? {
    let (sent, received) = (finding.sent[fault] ?? 0, finding.received[fault] ?? 0)
    guard sent != received || fault == .none else { return nil }
    return SelfTestFigure(
      "submissions of \(fault.rawValue)", truth: "\(received) read by the platform",
      measured: "\(sent) sent",
      tolerance: "exact", passed: sent == received)
  }

  private static func retryAfter(_ shortest: Int64?) -> SelfTestFigure {
    let truth = Int64(PlatformBehaviour.retryAfter) * 1_000_000_000
    return SelfTestFigure(
      "refused-once, shortest e2e", truth: "at least \(QuantityText.duration(nanoseconds: truth))",
      measured: shortest.map { QuantityText.duration(nanoseconds: $0) } ?? "n/a",
      tolerance: "Retry-After obeyed",
      passed: (shortest ?? 0) >= truth)
  }

  private static func publish(_ values: [Int64]) -> SelfTestFigure {
    let truth = PlatformBehaviour.publishDelay
    // The platform's instants are whole microseconds.
    let isRight = values.count == jobsOfEach && values.allSatisfy { abs($0 - truth) <= 2_000 }
    return SelfTestFigure(
      "slow-publish, publish", truth: QuantityText.duration(nanoseconds: truth),
      measured: TrueQuantile.of(values, 0.5).map { QuantityText.duration(nanoseconds: $0) }
        ?? "n/a",
      tolerance: "2 µs, each of \(jobsOfEach)", passed: isRight)
  }
}
