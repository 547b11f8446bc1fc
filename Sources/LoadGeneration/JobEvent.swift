/// What happens to a job, with instants in nanoseconds since the run's start.
package enum JobEvent: Sendable {
  /// Its turn has come.
  case due
  /// The transfer in progress ended with an answer.
  case answered(JobAnswer)
  /// The transfer in progress ended without an answer.
  case failed(TransferFailure)
  /// The instant of the last `wake` has come.
  case timer
  /// The job's deadline has passed.
  case deadline
  /// The run is over.
  case drained
  /// The cap on jobs in flight is reached and the scenario says drop.
  case dropped
  /// The id that the platform gave is that of another job in flight.
  case duplicateID
}

/// What to do for a job.
package enum JobAction: Sendable, Equatable {
  /// Send the submission.
  case submit
  /// Read the status, held open for so many seconds where the platform can.
  case poll(id: String, waitSeconds: Int?)
  /// Deliver `timer` at this instant.
  case wake(at: Int64)
  /// The job is over; its record is complete.
  case finish
  /// Nothing: the event came too late to matter.
  case none
}

/// An answer to a submission or a status read.
package struct JobAnswer: Sendable {
  package var status: Int
  package var body: [UInt8]
  package var retryAfterSeconds: Int?
  package var times: TransferInstants
  /// Bytes of both bodies.
  package var bytes: Int

  package init(
    status: Int, body: [UInt8] = [], retryAfterSeconds: Int? = nil, times: TransferInstants, bytes: Int = 0
  ) {
    self.status = status
    self.body = body
    self.retryAfterSeconds = retryAfterSeconds
    self.times = times
    self.bytes = bytes
  }
}

/// The instants of a transfer in nanoseconds since the run's start.
package struct TransferInstants: Sendable, Equatable {
  package var connected: Int64?
  package var sent: Int64?
  package var firstByte: Int64?
  package var done: Int64

  package init(connected: Int64? = nil, sent: Int64? = nil, firstByte: Int64? = nil, done: Int64) {
    self.connected = connected
    self.sent = sent
    self.firstByte = firstByte
    self.done = done
  }
}

/// A transfer without an answer.
package struct TransferFailure: Sendable, Equatable {
  /// One of a bounded set of words.
  package var label: String
  /// The answer began and was cut short or grew too large.
  package var wasMangled: Bool
  package var times: TransferInstants

  package init(label: String, wasMangled: Bool = false, times: TransferInstants) {
    self.label = label
    self.wasMangled = wasMangled
    self.times = times
  }
}

/// What the loop knows about the target when it delivers an event.
package struct PollingConditions: Sendable {
  /// The longest wait that the platform grants, as its answers say; 0 where it grants none, nil where it says nothing.
  package var waitCapSeconds: Int?
  /// There are connections to spare for requests that are held open.
  package var allowsLongPoll: Bool

  package init(waitCapSeconds: Int? = nil, allowsLongPoll: Bool = true) {
    self.waitCapSeconds = waitCapSeconds
    self.allowsLongPoll = allowsLongPoll
  }
}
