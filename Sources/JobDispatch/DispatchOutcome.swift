public import Jobs

/// What became of one delivery of a message.
public enum DispatchOutcome: Sendable, Hashable {
  /// This delivery ended the job.
  case finished(JobState)
  /// The job had ended before; nothing was changed.
  case duplicate
  /// The store does not know the job (any more); nobody could read a result.
  case forgotten
  /// The environment failed; the message comes again at once.
  case released(reason: String)
  /// The message was delivered too often: the job failed and the message is a dead letter.
  case buried(reason: String)
  /// A backend cannot be reached; the message comes again when its visibility timeout has passed.
  case abandoned(reason: String)

  /// The message is still in the queue and comes again: what a function on Lambda names in `batchItemFailures`.
  public var isItemFailure: Bool {
    switch self {
    case .released, .abandoned: true
    case .finished, .duplicate, .forgotten, .buried: false
    }
  }

  /// A word from a bounded set, for counters and logs.
  public var label: String {
    switch self {
    case .finished(let state): state.rawValue
    case .duplicate: "duplicate"
    case .forgotten: "forgotten"
    case .released: "released"
    case .buried: "buried"
    case .abandoned: "abandoned"
    }
  }
}
