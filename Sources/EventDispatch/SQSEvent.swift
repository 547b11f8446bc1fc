import AWSBackends
import FoundationEssentials
package import JobBackends

/// What Lambda hands a function for messages of a queue ("Using Lambda with Amazon SQS", developer guide).
package struct SQSEvent: Sendable {
  /// One message of it.
  package struct Record: Decodable, Sendable, Hashable {
    /// The message's name, which a partial answer repeats.
    package var messageId: String
    package var receiptHandle: String
    package var body: String
    package var attributes: [String: String]
    package var eventSource: String

    /// 1 for the first delivery; nil where the queue does not say.
    var attempt: Int? { attributes["ApproximateReceiveCount"].flatMap { Int($0) } }

    /// The job's delivery; nil for a message that asks for no job.
    package var delivery: ReceivedMessage? {
      QueueBody.delivery(of: body, receipt: receiptHandle, attributes: attributes)
    }
  }

  private struct Envelope: Decodable {
    var Records: [Record]
  }

  /// The messages; ten at most by default.
  package var records: [Record]

  /// Reads an event; nil for one of another kind.
  package init?(_ payload: [UInt8]) {
    guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(payload)), !envelope.Records.isEmpty,
      envelope.Records.allSatisfy({ $0.eventSource == "aws:sqs" })
    else { return nil }
    records = envelope.Records
  }
}

/// The answer to an event: which of its messages must come again (`ReportBatchItemFailures`).
package struct BatchAnswer: Codable, Sendable, Hashable {
  package struct Failure: Codable, Sendable, Hashable {
    package var itemIdentifier: String
  }
  package var batchItemFailures: [Failure]

  /// An answer that names these messages.
  package init(failed: [String]) {
    batchItemFailures = failed.map { Failure(itemIdentifier: $0) }
  }

  /// The answer as JSON.
  package var bytes: [UInt8] {
    // A list of texts always encodes.
    (try? JSONEncoder().encode(self)).map { [UInt8]($0) } ?? []
  }
}
