import HostSystem
public import JobBackends
import Jobs
public import Logging

/// What the API stands on, its failures turned into what a client may know and what the log must know.
public struct APIBackends: Sendable {
  private let intake: any JobIntake
  private let statuses: any JobStatusStore
  private let code: any CodeStore
  private let queue: any JobQueue
  private let hosts: (any HostDirectory)?
  private let outage: OutageLog
  private let codeOutage: OutageLog

  /// The backends of one platform; without a directory of hosts nothing is known of those that run the jobs.
  public init(
    intake: any JobIntake, statuses: any JobStatusStore, code: any CodeStore, queue: any JobQueue,
    hosts: (any HostDirectory)? = nil, log: Logger
  ) {
    self.intake = intake
    self.statuses = statuses
    self.code = code
    self.queue = queue
    self.hosts = hosts
    outage = OutageLog("queue or store", log)
    codeOutage = OutageLog("code store", log)
  }

  /// Takes a job in; source text beyond the inline limit is kept in the code store before the message is sent.
  func accept(_ message: JobMessage, inlineCodeLimit: Int, _ key: String?) throws(Problem) -> Acceptance {
    guard let code = message.code, code.utf8.count > inlineCodeLimit else {
      return try attempt(outage) { () throws(BackendError) in try intake.accept(message, idempotencyKey: key) }
    }
    var message = message
    message.code = nil
    try attempt(codeOutage) { () throws(BackendError) in try self.code.put(code, for: message.jobId) }
    // After a failure the message may have been stored all the same, so the code stays until it expires.
    let acceptance = try attempt(outage) { () throws(BackendError) in try intake.accept(message, idempotencyKey: key) }
    if case .existing = acceptance { try? self.code.remove(message.jobId) }
    return acceptance
  }

  /// The status of a job; one that is unknown is a problem.
  func status(of job: JobID) throws(Problem) -> JobStatus {
    let status = try attempt(outage) { () throws(BackendError) in try statuses.status(of: job) }
    guard let status else { throw Problem(.unknownJob, "no job has this id, or its lifetime is over") }
    return status
  }

  /// How full the queue is.
  func depth() throws(Problem) -> QueueDepth {
    try attempt(outage) { () throws(BackendError) in try queue.depth() }
  }

  /// What the hosts that are up say of themselves; nothing where it cannot be read.
  func hostReports() -> [HostReport] {
    (try? hosts?.hosts()) ?? []
  }

  private func attempt<Result>(
    _ outage: OutageLog, _ body: () throws(BackendError) -> Result
  ) throws(Problem) -> Result {
    do throws(BackendError) {
      let result = try body()
      outage.succeeded()
      return result
    } catch {
      if error.kind == .tooLarge { throw Problem(.bodyTooLarge, "\(error)") }
      outage.failed(error)
      guard error.kind == .unavailable else {
        throw Problem(.internalError, "\(outage.subject) did not answer as expected; the log of the API says more")
      }
      let detail = "\(outage.subject) cannot be reached; what was accepted before is not lost; try again"
      throw Problem.passing(.unavailable, detail)
    }
  }
}
