package import Jobs

/// Why a job did not succeed, from a bounded set of sentences, so that a table of reasons stays short.
package enum JobReason: Sendable, Hashable {
  case submissionRefused(status: Int)
  case submissionFailed(status: Int)
  case submissionRedirected(status: Int)
  case retryBeyondDeadline(status: Int)
  case submissionWithoutID
  case submissionWithoutResult
  case submissionNotConnected(String)
  case submissionBroken(String)
  case submissionMangled(String)
  case duplicateID
  case statusRefused(status: Int)
  case statusMalformed(String?)
  case unknownJob(status: Int)
  case unexpectedError(ErrorType?)
  case completedUnexpectedly
  case otherOutput
  case otherExitCode
  case otherSignal
  case notReported
  case deadline(state: JobState?)
  case deadlineWithoutStatus(ReadFailure?)
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
    case .submissionRedirected(let status):
      "submission redirected with HTTP \(status), which is never followed: give the final URL as base_url"
    case .retryBeyondDeadline(let status):
      "submission refused with HTTP \(status), to be tried again only after the job deadline"
    case .submissionWithoutID: "submission answered without a job id"
    case .submissionWithoutResult: "submission answered without a result"
    case .submissionNotConnected(let label): "submission not sent: \(label)"
    case .submissionBroken(let label): "submission without an answer: \(label)"
    case .submissionMangled(let label): "submission answered unusably: \(label)"
    case .duplicateID: "the platform gave the id of another job that is in flight"
    case .statusRefused(let status): "status read refused with HTTP \(status)"
    case .statusMalformed(nil): "status answers cannot be understood"
    case .statusMalformed(let label?): "status answers cannot be understood: \(label)"
    case .unknownJob(let status): "accepted, then unknown: status read answered with HTTP \(status)"
    case .unexpectedError(let type): "unexpected error: \(type?.rawValue ?? "of unknown type")"
    case .completedUnexpectedly: "completed, but a failure was expected"
    case .otherOutput: "stdout differs from what is expected"
    case .otherExitCode: "exit code differs from what is expected"
    case .otherSignal: "signal differs from what is expected"
    case .notReported: "the platform does not report what is expected"
    case .deadline(let state): "\(state?.rawValue ?? "not terminal") at the job deadline"
    case .deadlineWithoutStatus(nil): "status could not be read until the job deadline"
    case .deadlineWithoutStatus(let failure?): "status could not be read until the job deadline: \(failure.words)"
    case .deadlineUnsent: "not sent until the job deadline"
    case .deadlineRetrying: "not accepted until the job deadline"
    case .inFlightLimit: "not sent: the limit of jobs in flight was reached"
    case .drained(let state): "\(state?.rawValue ?? "not terminal") when the run ended"
    case .drainedUnsent: "not sent when the run ended"
    }
  }
}

/// Why a status read brought nothing.
package enum ReadFailure: Sendable, Hashable {
  /// It was answered with this status.
  case status(Int)
  /// It was not answered: one of a bounded set of words.
  case transfer(String)

  var words: String {
    switch self {
    case .status(let status): "HTTP \(status)"
    case .transfer(let label): label
    }
  }
}
