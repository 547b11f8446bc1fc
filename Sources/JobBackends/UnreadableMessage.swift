import FoundationEssentials
import HostSystem
package import Jobs

/// A message that this version cannot read, of which the job's id can perhaps be read all the same.
package enum UnreadableMessage {
  private struct Named: Decodable {
    var jobId: JobID
  }

  /// The job that a message's JSON names; nil where it names none.
  package static func job(in json: [UInt8]) -> JobID? {
    (try? JSON.decode(Named.self, from: json))?.jobId
  }

  /// The end of such a job, so that its client does not wait for ever.
  package static func end(of job: JobID) -> JobStatus {
    JobStatus(
      jobId: job, status: .failed,
      error: "\(ErrorType.internalError.phrase): its message cannot be read by this version of the platform",
      timestamp: WallClock.milliseconds, details: ExecutionDetails(errorType: .internalError))
  }
}
