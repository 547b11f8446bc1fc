import AWSServices
import Jobs
package import RunRecords

/// Jobs of a run beside the REPORT lines of their invocations.
package struct InvocationMatch: Sendable {
  /// What is known of a job before its line.
  private struct Wanted: Sendable {
    var invocation: JobInvocation
    /// Microseconds since 1970 of the platform's clock, at which the job was handed over and its program ended.
    var handedAt: Int64?
    var endedAt: Int64?
  }

  /// How long an initialisation must have been over before its first invocation to count as made ahead of need.
  private static let aheadMs: Int64 = 10_000

  private var wanted: [Wanted]
  private let unnamed: Int
  private let memoryMB: Int?

  /// The jobs of a run that have not been looked for before, by what their results declare.
  ///
  /// - Parameter memoryMB: what the executor is configured with.
  package init(_ records: JobRecords, memoryMB: Int?) {
    self.memoryMB = memoryMB
    var (wanted, unnamed) = ([Wanted](), 0)
    for job in records where job.jobId != nil {
      guard let timings = job.timings, let request = timings.environmentId else {
        unnamed += 1
        continue
      }
      wanted.append(
        Wanted(
          invocation: JobInvocation(
            job: job.index, requestID: request, declaredBilledMs: timings.billedMs,
            declaredMemoryMB: timings.memoryMB, declaredCold: timings.coldStart),
          handedAt: timings.s2, endedAt: timings.s5))
    }
    self.wanted = wanted
    self.unnamed = unnamed
  }

  /// The jobs of a run that has been looked into before, to be looked for again.
  package init(_ kept: [JobInvocation], _ records: JobRecords, memoryMB: Int?) {
    self.memoryMB = memoryMB
    var instants: [Int: (Int64?, Int64?)] = [:]
    for job in records { instants[job.index] = (job.timings?.s2, job.timings?.s5) }
    wanted = kept.map {
      Wanted(invocation: $0, handedAt: instants[$0.job]?.0, endedAt: instants[$0.job]?.1)
    }
    let known = Set(kept.map(\.job))
    unnamed = records.count { $0.jobId != nil && !known.contains($0.index) }
  }

  /// Jobs whose line has not been found.
  package var missing: Int { wanted.count { $0.invocation.report == nil } }
  /// Jobs whose line was found.
  package var found: Int { wanted.count - missing }
  /// Jobs that name their invocation.
  package var count: Int { wanted.count }

  /// Seconds since 1970 between which the missing lines were written, as far as the jobs tell; nil where they do not.
  package var stretch: ClosedRange<Int64>? {
    let instants = wanted.filter { $0.invocation.report == nil }.map { $0.handedAt ?? $0.endedAt }
    let known = instants.compactMap(\.self)
    guard known.count == instants.count, let first = known.min(), let last = known.max() else { return nil }
    return first / 1_000_000...last / 1_000_000
  }

  /// Takes the lines of the jobs that have none yet.
  package mutating func take(_ log: ReportLog) {
    for index in wanted.indices where wanted[index].invocation.report == nil {
      guard let entry = log.entry(of: wanted[index].invocation.requestID) else { continue }
      let line = entry.line
      wanted[index].invocation.report = .init(
        environment: entry.environment, writtenAt: entry.writtenAt, durationMs: line.durationMs,
        billedMs: line.billedMs, memoryMB: line.memoryMB, maxMemoryMB: line.maxMemoryMB,
        initMs: line.initMs ?? line.restoreMs, status: line.status,
        start: Self.start(entry, startedAt: log.start(of: entry), wanted[index]))
    }
  }

  /// A job that pays for an initialisation has waited for it, unless it was over long before, or the job was handed over
  /// and done in less time than both take.
  private static func start(
    _ entry: ReportLog.Entry, startedAt: Int64?, _ wanted: Wanted
  ) -> JobInvocation.Start {
    let line = entry.line
    guard let initMs = line.initMs ?? line.restoreMs else { return .warm }
    let invoked = entry.writtenAt - Int64(line.durationMs)
    if let startedAt, invoked - (startedAt + Int64(initMs)) > aheadMs { return .ahead }
    if let handed = wanted.handedAt, let ended = wanted.endedAt, ended > handed {
      let waited = Double(ended - handed) / 1_000 - line.durationMs
      if waited < initMs / 2 { return .ahead }
    }
    return .cold
  }

  /// The invocations in the order of their jobs.
  package var invocations: [JobInvocation] { wanted.map(\.invocation) }

  /// How much was found, and how it compares with what results declared.
  package var summary: PlatformLog {
    var log = PlatformLog()
    (log.jobs, log.unnamed, log.found) = (wanted.count, unnamed, found)
    for one in invocations {
      guard let report = one.report else { continue }
      if report.start == .cold { log.cold += 1 }
      if report.start == .ahead { log.ahead += 1 }
      if let declared = one.declaredCold, declared != (report.start == .cold) { log.coldDiffers += 1 }
      if let declared = one.declaredBilledMs, declared != report.billedMs {
        log.billedDiffers += 1
        log.billedDifferenceMs += report.billedMs - declared
      }
      if [one.declaredMemoryMB, memoryMB].contains(where: { ($0 ?? report.memoryMB) != report.memoryMB }) {
        log.memoryDiffers += 1
      }
    }
    return log
  }
}
