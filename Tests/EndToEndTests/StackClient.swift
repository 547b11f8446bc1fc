import Curl
import FoundationEssentials
import Jobs

/// A client of the two documented calls.
struct StackClient {
  let url: String

  /// Submits a program and returns its job's id.
  func submit(_ submission: Submission) throws -> String {
    let answer = try post(submission)
    guard answer.status == 202 else { throw Refused(status: answer.status, body: answer.body) }
    return try JSONDecoder().decode(SubmissionReceipt.self, from: Data(answer.body)).jobId.description
  }

  /// Submits a program and returns the raw answer.
  func post(_ submission: Submission) throws -> HTTPClientResponse {
    try HTTPClient().send(
      HTTPClientRequest(
        method: "POST", url: "\(url)/execute", headers: [("Content-Type", "application/json")],
        body: [UInt8](JSONEncoder().encode(submission))))
  }

  /// The job's status, waited for on the server's side.
  func status(of job: String, wait: Int = 20) throws -> JobStatus {
    let answer = try HTTPClient().send(
      HTTPClientRequest(url: "\(url)/job-status/\(job)?wait=\(wait)", timeoutMilliseconds: 30_000))
    guard answer.status == 200 else { throw Refused(status: answer.status, body: answer.body) }
    return try JSONDecoder().decode(JobStatus.self, from: Data(answer.body))
  }

  /// Submits a program and waits for its end.
  func run(_ submission: Submission) throws -> JobStatus {
    let job = try submit(submission)
    var status = try status(of: job)
    for _ in 0..<6 where !status.status.isTerminal { status = try self.status(of: job) }
    return status
  }

  /// An answer other than the expected one.
  struct Refused: Error {
    let status: Int
    let body: [UInt8]
  }
}
