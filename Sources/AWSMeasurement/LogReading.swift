package import AWSServices
import Glibc
import HostSystem
package import RunRecords

/// Looks for the REPORT lines of a run's jobs in the deployment's log, until all are there or it has been patient enough.
///
/// Lines reach CloudWatch Logs seconds after they are written, and Insights some time later.
package struct LogReading: Sendable {
  private let insights: LogsInsights
  private let deployment: DeploymentInfo
  /// Milliseconds before each further look.
  private let pauses: [Int]
  private let note: @Sendable (String) -> Void
  private let isCancelled: @Sendable () -> Bool

  /// A reading that tells how it goes, and stops looking again where it is not wanted any more.
  package init(
    _ insights: LogsInsights, _ deployment: DeploymentInfo, pauses: [Int] = LogReading.pauses(forSeconds: 120),
    note: @escaping @Sendable (String) -> Void = { _ in },
    unless isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.insights = insights
    self.deployment = deployment
    self.pauses = pauses
    self.note = note
    self.isCancelled = isCancelled
  }

  /// Pauses that double from five seconds on and take so many seconds in all.
  package static func pauses(forSeconds seconds: Int) -> [Int] {
    var (pauses, left, next) = ([Int](), seconds * 1_000, 5_000)
    while left > 0 {
      pauses.append(min(next, left))
      left -= min(next, left)
      next = min(next * 2, 60_000)
    }
    return pauses
  }

  /// Environments that started at most this long before the run are found, in seconds.
  private static let before: Int64 = 900
  /// The clocks of both sides, and of their queries, in seconds.
  private static let margin: Int64 = 120

  /// Looks for the lines of jobs that ran between two instants, in milliseconds since 1970.
  ///
  /// What stops it is in the result, so that nothing which was found is lost.
  package func read(_ match: InvocationMatch, from start: Int64, to end: Int64) -> (InvocationMatch, PlatformLog) {
    var match = match
    var (scanned, problem) = (0, String?.none)
    do throws(AWSError) {
      scanned = try look(&match, start / 1_000, end / 1_000)
    } catch {
      problem = error.description
    }
    var log = match.summary
    if problem == nil, match.missing > 0 {
      problem = "the log had no line for \(match.missing) jobs after \(pauses.reduce(0, +) / 1_000) s of waiting"
    }
    do throws(AWSError) {
      for name in ["api", "dispatcher", "executor"] {
        guard let group = deployment.logGroups[name] else { continue }
        let (function, bytes) = try totals(name, group, start / 1_000, end / 1_000 + 1)
        scanned += bytes
        if let function { log.functions.append(function) }
      }
    } catch {
      log.functions = []
      problem = problem ?? error.description
    }
    (log.scannedBytes, log.problem, log.readAt) = (scanned, problem, WallClock.milliseconds)
    return (match, log)
  }

  private func look(_ match: inout InvocationMatch, _ start: Int64, _ end: Int64) throws(AWSError) -> Int {
    guard match.count > 0, let group = deployment.logGroups["executor"] else { return 0 }
    var (log, scanned) = (ReportLog(), 0)
    var stretch = (start - Self.before)...(end + Self.margin)
    for (number, pause) in ([0] + pauses).enumerated() {
      guard match.missing > 0 else { break }
      if number > 0 {
        note("REPORT lines for \(match.found) of \(match.count) jobs; looking again in \(pause / 1_000) s")
        guard wait(pause) else { break }
        if let missing = match.stretch {
          stretch = (missing.lowerBound - Self.before)...(missing.upperBound + 2 * Self.margin)
        }
      }
      let answer = try insights.rows(
        of: ReportLog.query, in: group, from: stretch.lowerBound, to: stretch.upperBound)
      scanned += answer.scannedBytes
      log.add(answer.rows)
      match.take(log)
    }
    return scanned
  }

  /// Waits; false where the wait was cut short.
  private func wait(_ milliseconds: Int) -> Bool {
    let end = MonotonicInstant.now + Int64(milliseconds) * 1_000_000
    while MonotonicInstant.now < end {
      if isCancelled() { return false }
      usleep(UInt32(min(100, max(1, milliseconds))) * 1_000)
    }
    return !isCancelled()
  }

  private static let totalsQuery = """
    filter @type = "REPORT"
    | stats count(*) as invocations, sum(@billedDuration) as billed, sum(ispresent(@initDuration)) as initialised
    """

  /// What a function was billed in a stretch of time; nil where its log tells nothing, as one of JSON lines does not.
  private func totals(
    _ name: String, _ group: String, _ start: Int64, _ end: Int64
  ) throws(AWSError) -> (PlatformLog.Function?, Int) {
    let answer = try insights.rows(of: Self.totalsQuery, in: group, from: start, to: end)
    guard let row = answer.rows.first, let invocations = Self.whole(row["invocations"]), invocations > 0,
      let billed = Self.whole(row["billed"]), let memory = deployment.memoryMB[name]
    else { return (nil, answer.scannedBytes) }
    let function = PlatformLog.Function(
      name: name, invocations: invocations, billedMs: billed, billedMBms: billed * memory,
      initialised: Self.whole(row["initialised"]) ?? 0)
    return (function, answer.scannedBytes)
  }

  private static func whole(_ text: String?) -> Int? {
    text.flatMap { Double($0) }.flatMap { $0.isFinite && $0 >= 0 && $0 < 1e12 ? Int($0) : nil }
  }
}
