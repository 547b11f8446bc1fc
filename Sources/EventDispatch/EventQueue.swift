import JobBackends

/// The queue as a function sees it whose messages Lambda receives and deletes.
///
/// What is acknowledged is deleted by Lambda when the function's answer does not name it.
struct EventQueue: JobQueue {
  let queue: any JobQueue

  func receive(upTo limit: Int, waitMilliseconds: Int) throws(BackendError) -> [ReceivedMessage] { [] }

  func acknowledge(_ message: ReceivedMessage) throws(BackendError) {}

  func release(_ message: ReceivedMessage) throws(BackendError) { try queue.release(message) }

  func bury(_ message: ReceivedMessage, reason: String) throws(BackendError) {
    try queue.bury(message, reason: reason)
  }

  func depth() throws(BackendError) -> QueueDepth { try queue.depth() }
}
