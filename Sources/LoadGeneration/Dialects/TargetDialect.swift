package import Jobs

/// How a platform is spoken to: what is sent to it, and what its answers mean in the words of a job's life.
///
/// A dialect is a pure value. Paths are appended to the target's base URL; headers come before the target's own.
package protocol TargetDialect: Sendable {
  /// What is asked to find out whether anything answers.
  var healthPath: String { get }
  /// The answer to a submission is the result, so that there is nothing to poll.
  var isSynchronous: Bool { get }
  /// A status read may be held open until the job ends.
  var holdsReads: Bool { get }
  /// What a submission is sent with.
  var submission: DialectCall { get }
  /// What a status read is sent with.
  var statusRead: DialectCall { get }

  /// Where a program is submitted.
  func submissionPath(of submission: Submission) -> String
  /// What is submitted.
  func submissionBody(of submission: Submission) -> [UInt8]
  /// Where a job's status is read.
  func statusPath(of id: String, waitSeconds: Int?) -> String
  /// What the answer to a submission says; nil where it is no acceptance.
  func readSubmission(_ body: [UInt8]) -> SubmissionAnswer?
  /// What the answer to a status read says; nil where it is no status.
  func readStatus(_ body: [UInt8]) -> StatusAnswer?
}

/// The part of a call that is the same for all jobs.
package struct DialectCall: Sendable, Hashable {
  /// The method in capitals.
  package var method: String
  /// Header names and values.
  package var headers: [Header]

  /// A header of the dialect's own.
  package struct Header: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(_ method: String, _ headers: [Header]) {
    self.method = method
    self.headers = headers
  }

  /// A JSON text that is posted and answered by one.
  package static let postJSON = Self(
    "POST", [Header("Content-Type", "application/json"), Header("Accept", "application/json")])
  /// A read that is answered by a JSON text.
  package static let getJSON = Self("GET", [Header("Accept", "application/json")])
}
