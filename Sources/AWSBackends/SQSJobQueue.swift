package import AWSServices
package import JobBackends

/// Jobs in SQS, which counts deliveries and moves a message to its dead letters by itself.
///
/// `bury` leaves the message in the queue: the queue's redrive policy moves it once it was received as often as it may
/// be. So the queue's `maxReceiveCount` must equal the dispatcher's number of receives.
package struct SQSJobQueue: JobQueue {
  private let queue: SQS
  private let dead: SQS?

  /// A queue, and that of its dead letters where their number is wanted.
  package init(_ queue: SQS, deadLetters: SQS? = nil) {
    self.queue = queue
    dead = deadLetters
  }

  /// Waits for messages, in whole seconds, and takes ten at most; what is no job message comes again at once, until the
  /// redrive policy moves it away.
  package func receive(upTo limit: Int, waitMilliseconds: Int) throws(BackendError) -> [ReceivedMessage] {
    let messages = try BackendError.of("receive messages") { () throws(AWSError) in
      try queue.receive(upTo: limit, waitSeconds: (waitMilliseconds + 999) / 1_000)
    }
    return messages.compactMap { message in
      let attributes = message.Attributes ?? [:]
      let delivery = QueueBody.delivery(of: message.Body, receipt: message.ReceiptHandle, attributes: attributes)
      // Where this fails it comes again after the visibility timeout.
      if delivery == nil { try? queue.changeVisibility(receipt: message.ReceiptHandle, seconds: 0) }
      return delivery
    }
  }

  /// Deletes the message.
  package func acknowledge(_ message: ReceivedMessage) throws(BackendError) {
    try BackendError.of("acknowledge a message") { () throws(AWSError) in try queue.delete(receipt: message.receipt) }
  }

  /// Lets the message come again at once.
  package func release(_ message: ReceivedMessage) throws(BackendError) {
    try BackendError.of("release a message") { () throws(AWSError) in
      try queue.changeVisibility(receipt: message.receipt, seconds: 0)
    }
  }

  /// Lets the queue move the message to the dead letters at once, if it was received as often as it may be.
  package func bury(_ message: ReceivedMessage, reason: String) throws(BackendError) {
    try release(message)
  }

  /// How full queue and dead letters are, approximately.
  package func depth() throws(BackendError) -> QueueDepth {
    try BackendError.of("measure the queue") { () throws(AWSError) in
      let depth = try queue.depth()
      return QueueDepth(
        waiting: depth.waiting, inFlight: depth.inFlight, deadLetters: try dead?.depth().waiting ?? 0)
    }
  }
}
