/// What an answer to a submission says.
package struct SubmissionAnswer: Sendable, Equatable {
  /// The job to ask the status of; nil where the answer is the result and there is nothing to ask.
  package var jobId: String?
  /// What came of the job, where the platform answers only when it is over.
  package var status: StatusAnswer?

  /// A job that was accepted; nil where its id cannot be a part of a URL.
  package init?(jobId: String) {
    guard Self.isUsable(jobId) else { return nil }
    self.jobId = jobId
  }

  /// A job that is over.
  package init(status: StatusAnswer) {
    self.status = status
  }

  /// Reads the body of `POST /execute`; nil where it names no job.
  package init?(body: [UInt8]) {
    guard let receipt = DialectJSON.decode(Receipt.self, from: body) else { return nil }
    self.init(jobId: receipt.jobId)
  }

  private struct Receipt: Decodable {
    var jobId: String
  }

  private static func isUsable(_ id: String) -> Bool {
    (1...128).contains(id.utf8.count)
      && id.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}
