/// What the platform does to a job, which the job itself asks for: it is the text of its program.
package enum PlatformFault: String, Sendable, CaseIterable {
  /// Nothing: the job completes.
  case none = "plain"
  /// It completes with another output.
  case wrongOutput = "wrong-output"
  /// It ends with an error.
  case error
  /// It never ends.
  case never
  /// It is accepted and then unknown.
  case lost
  /// It ends, and its result becomes visible long after.
  case slowPublish = "slow-publish"
  /// Its first submission is refused with 429 and Retry-After.
  case refusedOnce = "refused-once"
  /// Every submission is refused.
  case refused
  /// It takes long enough for another to get its id.
  case twin
  /// It gets the id of the last twin, which is in flight.
  case duplicateID = "duplicate-id"
  /// The answer to the submission ends before its Content-Length.
  case truncatedSubmission = "truncated-submission"
  /// The first status read is answered in part.
  case truncatedOnce = "truncated-once"
  /// Every status read is answered in part.
  case truncated
  /// The submission's connection is reset.
  case resetSubmission = "reset-submission"
  /// The first status read's connection is reset.
  case resetOnce = "reset-once"

  /// What a program asks for: the word before `#`, after which each job has a number of its own.
  package init(program: String) {
    self = Self(rawValue: String(program.prefix { $0 != "#" })) ?? .none
  }
}
