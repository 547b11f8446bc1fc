package import Jobs

/// Why a job did not succeed, from a bounded set of sentences, so that a table of reasons stays short.
package enum JobReason: Sendable, Hashable {
  case submissionRefused(status: Int)
  case submissionFailed(status: Int)
  case submissionWithoutID
  case submissionNotConnected(String)
  case submissionBroken(String)
  case duplicateID
  case statusRefused(status: Int)
  case statusMalformed
  case unknownJob(status: Int)
  case unexpectedError(ErrorType?)
  case completedUnexpectedly
  case otherOutput
  case otherExitCode
  case otherSignal
  case notReported
  case deadline(state: JobState?)
  case deadlineWithoutStatus
  case deadlineUnsent
  case deadlineRetrying
  case inFlightLimit
  case drained(state: JobState?)
  case drainedUnsent

  /// The sentence that the record keeps.
  package var sentence: String {
    switch self {
    case .submissionRefused(let status): "submission refused with HTTP \(status)"
    case .submissionFailed(let status): "submission answered with HTTP \(status)"
    case .submissionWithoutID: "submission answered without a job id"
    case .submissionNotConnected(let label): "submission not sent: \(label)"
    case .submissionBroken(let label): "submission without an answer: \(label)"
    case .duplicateID: "the platform gave the id of another job that is in flight"
    case .statusRefused(let status): "status read refused with HTTP \(status)"
    case .statusMalformed: "status answers cannot be understood"
    case .unknownJob(let status): "accepted, then unknown: status read answered with HTTP \(status)"
    case .unexpectedError(let type): "unexpected error: \(type?.rawValue ?? "of unknown type")"
    case .completedUnexpectedly: "completed, but a failure was expected"
    case .otherOutput: "stdout differs from what is expected"
    case .otherExitCode: "exit code differs from what is expected"
    case .otherSignal: "signal differs from what is expected"
    case .notReported: "the platform does not report what is expected"
    case .deadline(let state): "\(state?.rawValue ?? "not terminal") at the job deadline"
    case .deadlineWithoutStatus: "status could not be read until the job deadline"
    case .deadlineUnsent: "not sent until the job deadline"
    case .deadlineRetrying: "not accepted until the job deadline"
    case .inFlightLimit: "not sent: the limit of jobs in flight was reached"
    case .drained(let state): "\(state?.rawValue ?? "not terminal") when the run ended"
    case .drainedUnsent: "not sent when the run ended"
    }
  }
}
