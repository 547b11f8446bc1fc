import FoundationEssentials

/// The part of an answer to a submission that is used.
package struct SubmissionAnswer: Decodable {
  /// The job to ask the status of.
  package let jobId: String

  /// Reads a body; nil where it names no job.
  package init?(body: [UInt8]) {
    guard let answer = try? JSONDecoder().decode(Self.self, from: Data(body)), Self.isUsable(answer.jobId) else {
      return nil
    }
    self = answer
  }

  // The id becomes a part of a URL.
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
