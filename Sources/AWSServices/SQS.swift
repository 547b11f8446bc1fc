import Curl
import FoundationEssentials

/// One queue of SQS, by the JSON protocol.
package struct SQS: Sendable {
  /// Bytes that a message may have (SQS developer guide, "Message quotas").
  package static let messageLimit = 1 << 20

  private let client: AWSClient
  private let endpoint: AWSEndpoint
  private let url: String

  /// A queue by its URL, at an endpoint.
  package init(_ client: AWSClient, _ endpoint: AWSEndpoint, queueURL: String) {
    self.client = client
    self.endpoint = endpoint
    url = queueURL
  }

  /// A message as it was received.
  package struct Message: Decodable, Sendable, Hashable {
    package var MessageId: String
    package var ReceiptHandle: String
    package var Body: String
    package var Attributes: [String: String]?
  }

  private struct Nothing: Decodable {}

  private struct Sending: Encodable {
    var QueueUrl: String
    var MessageBody: String
  }

  /// Sends a message.
  package func send(_ body: String) throws(AWSError) {
    try Self.checkSize(body.utf8.count, "a message")
    try call("SendMessage", Sending(QueueUrl: url, MessageBody: body), "send a message", Nothing.self)
  }

  private static func checkSize(_ bytes: Int, _ what: String) throws(AWSError) {
    guard bytes > messageLimit else { return }
    throw AWSError(.rejected, "cannot send \(what) of \(bytes) bytes: SQS takes \(messageLimit) at most")
  }

  private struct SendingMany: Encodable {
    struct Entry: Encodable {
      var Id: String
      var MessageBody: String
    }
    var QueueUrl: String
    var Entries: [Entry]
  }

  private struct Many: Decodable {
    struct Failure: Decodable {
      var Id: String
    }
    var Failed: [Failure]?

    var failed: [Int] { (Failed ?? []).compactMap { Int($0.Id) } }
  }

  /// Sends ten messages at most, which together may have as many bytes as one.
  ///
  /// - Returns: the positions of those that the queue did not take.
  package func send(_ bodies: [String]) throws(AWSError) -> [Int] {
    try Self.checkSize(bodies.reduce(0) { $0 + $1.utf8.count }, "messages")
    let entries = bodies.enumerated().map { SendingMany.Entry(Id: "\($0.offset)", MessageBody: $0.element) }
    return try call(
      "SendMessageBatch", SendingMany(QueueUrl: url, Entries: entries), "send messages", Many.self
    ).failed
  }

  private struct Receiving: Encodable {
    var QueueUrl: String
    var MaxNumberOfMessages: Int
    var WaitTimeSeconds: Int
    var MessageSystemAttributeNames = ["SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp"]
    // What servers read that are older than the name above.
    var AttributeNames = ["SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp"]
  }

  private struct Received: Decodable {
    var Messages: [Message]?
  }

  /// Waits up to 20 seconds for messages, and takes ten at most.
  package func receive(upTo limit: Int, waitSeconds: Int) throws(AWSError) -> [Message] {
    let request = Receiving(QueueUrl: url, MaxNumberOfMessages: min(limit, 10), WaitTimeSeconds: min(waitSeconds, 20))
    return try call(
      "ReceiveMessage", request, "receive messages", Received.self, timeout: (waitSeconds + 10) * 1_000
    ).Messages ?? []
  }

  private struct Deleting: Encodable {
    var QueueUrl: String
    var ReceiptHandle: String
  }

  /// A message will not come again.
  package func delete(receipt: String) throws(AWSError) {
    try call("DeleteMessage", Deleting(QueueUrl: url, ReceiptHandle: receipt), "delete a message", Nothing.self)
  }

  private struct DeletingMany: Encodable {
    struct Entry: Encodable {
      var Id: String
      var ReceiptHandle: String
    }
    var QueueUrl: String
    var Entries: [Entry]
  }

  /// Ten messages at most will not come again; returns the positions of those that the queue could not delete.
  package func delete(receipts: [String]) throws(AWSError) -> [Int] {
    let entries = receipts.enumerated().map { DeletingMany.Entry(Id: "\($0.offset)", ReceiptHandle: $0.element) }
    return try call(
      "DeleteMessageBatch", DeletingMany(QueueUrl: url, Entries: entries), "delete messages", Many.self
    ).failed
  }

  private struct Changing: Encodable {
    var QueueUrl: String
    var ReceiptHandle: String
    var VisibilityTimeout: Int
  }

  /// A received message comes again after so many seconds; 0 is at once.
  package func changeVisibility(receipt: String, seconds: Int) throws(AWSError) {
    let request = Changing(QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout: seconds)
    try call("ChangeMessageVisibility", request, "change a message's visibility", Nothing.self)
  }

  private struct Asking: Encodable {
    var QueueUrl: String
    var AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
  }

  private struct Asked: Decodable {
    var Attributes: [String: String]?
  }

  /// Messages waiting, and received ones that are not deleted; both are approximate.
  package func depth() throws(AWSError) -> (waiting: Int, inFlight: Int) {
    let task = "read the queue's depth"
    let attributes = try call("GetQueueAttributes", Asking(QueueUrl: url), task, Asked.self).Attributes ?? [:]
    guard let waiting = attributes["ApproximateNumberOfMessages"].flatMap({ Int($0) }),
      let inFlight = attributes["ApproximateNumberOfMessagesNotVisible"].flatMap({ Int($0) })
    else { throw AWSError(.unreadable, "cannot \(task): the counts are missing") }
    return (waiting, inFlight)
  }

  @discardableResult
  private func call<Answer: Decodable>(
    _ operation: String, _ body: some Encodable, _ task: String, _ type: Answer.Type, timeout: Int = 10_000
  ) throws(AWSError) -> Answer {
    let request = AWSRequest(
      headers: [
        (name: "content-type", value: "application/x-amz-json-1.0"),
        (name: "x-amz-target", value: "AmazonSQS.\(operation)"),
      ], body: AWSJSON.encode(body))
    let answer = try client.send(request, to: endpoint, task, timeoutMilliseconds: timeout)
    return try AWSJSON.decode(type, answer.body.isEmpty ? Array("{}".utf8) : answer.body, task)
  }
}
