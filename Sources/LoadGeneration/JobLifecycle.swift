import Jobs
package import RunRecords
package import Scenarios

/// One job from its intended arrival to its outcome: events in, actions out, no clock and no network.
///
/// Its record is filled on the way and complete when an action is `finish`, which comes exactly once.
package struct JobLifecycle: Sendable {
  private enum Stage: Sendable, Equatable {
    case planned
    case submitting
    case waitingToSubmit
    /// Asked with this wait in seconds at this instant.
    case polling(wait: Int?, since: Int64)
    case waitingToPoll
    case finished
  }

  /// Everything that is known of the job so far.
  package private(set) var record: JobRecord
  /// When the job counts as timed out.
  package let deadline: Int64
  private var stage = Stage.planned
  private var polls: PollSchedule
  private var retries: RetrySchedule
  private let dialect: any TargetDialect
  private let expectation: Expectation
  private var failedReads = 0
  private var malformedReads = 0
  private var lastFailedRead: ReadFailure?

  /// Characters that are kept of what the platform said when a job did not succeed.
  private static let excerptLength = 2_000

  /// Answers in a row that cannot be understood before the job is given up.
  private static let malformedLimit = 3

  /// A job that is due at `record.t0`, on a platform that speaks the dialect.
  package init(
    _ record: JobRecord, _ dialect: any TargetDialect, expectation: Expectation, deadlineAfter: Int64,
    polls: PollSchedule, retries: RetrySchedule
  ) {
    self.record = record
    self.dialect = dialect
    self.expectation = expectation
    self.polls = polls
    self.retries = retries
    deadline = record.t0 + deadlineAfter
  }

  /// The submission in progress went out this many times more than it was asked for.
  package mutating func noteRepetitions(_ count: Int) {
    record.retries += count
  }

  /// Takes an event at an instant and says what to do.
  package mutating func handle(_ event: JobEvent, at now: Int64, _ conditions: PollingConditions = .init()) -> JobAction
  {
    switch (event, stage) {
    case (_, .finished): return .none
    case (.due, .planned):
      stage = .submitting
      record.t1 = now
      return .submit
    case (.timer, .waitingToSubmit):
      stage = .submitting
      record.retries += 1
      return .submit
    case (.timer, .waitingToPoll): return poll(at: now, conditions)
    case (.answered(let answer), .submitting): return submitted(answer, at: now, conditions)
    case (.failed(let failure), .submitting): return submissionFailed(failure, at: now)
    case (.answered(let answer), .polling(let wait, let since)):
      return polled(answer, wait: wait, since: since, at: now, conditions)
    case (.failed(let failure), .polling): return pollFailed(failure, at: now)
    case (.deadline, _): return finish(.timedOut, deadlineReason, at: now)
    case (.drained, _):
      return finish(.censored, record.t1 == nil ? .drainedUnsent : .drained(state: record.state), at: now)
    case (.dropped, .planned): return finish(.dropped, .inFlightLimit, at: now)
    case (.duplicateID, _): return finish(.failed, .duplicateID, at: now)
    case (.due, _), (.timer, _), (.answered, _), (.failed, _), (.dropped, _): return .none
    }
  }

  private var deadlineReason: JobReason {
    switch stage {
    case .planned: .deadlineUnsent
    case .submitting where dialect.isSynchronous: .deadline(state: nil)
    case .submitting, .waitingToSubmit: .deadlineRetrying
    default: failedReads > 0 ? .deadlineWithoutStatus(lastFailedRead) : .deadline(state: record.state)
    }
  }

  private mutating func finish(_ outcome: JobOutcome, _ reason: JobReason?, at instant: Int64) -> JobAction {
    stage = .finished
    record.outcome = outcome
    record.reason = reason?.sentence
    record.endedAt = instant
    return .finish
  }

  private static func excerpt(of text: String) -> String? {
    text.isEmpty ? nil : String(text.prefix(excerptLength))
  }

  // MARK: Submission

  private mutating func submitted(_ answer: JobAnswer, at now: Int64, _ conditions: PollingConditions) -> JobAction {
    note(answer)
    record.httpStatus = answer.status
    if (200...299).contains(answer.status) { return accepted(answer, at: now, conditions) }
    if let delay = retries.delay(afterStatus: answer.status, retryAfterSeconds: answer.retryAfterSeconds) {
      guard now + delay < deadline else {
        keepExcerpt(of: answer.body)
        return finish(.rejected, .retryBeyondDeadline(status: answer.status), at: answer.times.done)
      }
      stage = .waitingToSubmit
      return .wake(at: now + delay)
    }
    keepExcerpt(of: answer.body)
    switch answer.status {
    case 300...399: return finish(.failed, .submissionRedirected(status: answer.status), at: answer.times.done)
    case 400...499, 503: return finish(.rejected, .submissionRefused(status: answer.status), at: answer.times.done)
    default: return finish(.failed, .submissionFailed(status: answer.status), at: answer.times.done)
    }
  }

  private mutating func accepted(_ answer: JobAnswer, at now: Int64, _ conditions: PollingConditions) -> JobAction {
    guard let accepted = dialect.readSubmission(answer.body) else {
      keepExcerpt(of: answer.body)
      return finish(
        .failed, dialect.isSynchronous ? .submissionWithoutResult : .submissionWithoutID, at: answer.times.done)
    }
    if let status = accepted.status {
      record.state = status.state
      return terminal(status, answer.times)
    }
    record.jobId = accepted.jobId
    record.t4 = answer.times.done
    return firstPoll(at: now, conditions)
  }

  private mutating func keepExcerpt(of body: [UInt8]) {
    record.excerpt = Self.excerpt(of: String(decoding: body.prefix(Self.excerptLength), as: UTF8.self))
  }

  private mutating func submissionFailed(_ failure: TransferFailure, at now: Int64) -> JobAction {
    record.t2 = failure.times.connected
    record.t3 = failure.times.sent
    guard failure.times.sent == nil else {
      // The platform may have the job, so that sending it again could run it twice.
      let reason = failure.wasMangled ? JobReason.submissionMangled : JobReason.submissionBroken
      return finish(.failed, reason(failure.label), at: failure.times.done)
    }
    if let delay = retries.delayAfterConnectError(), now + delay < deadline {
      stage = .waitingToSubmit
      return .wake(at: now + delay)
    }
    return finish(.rejected, .submissionNotConnected(failure.label), at: failure.times.done)
  }

  private mutating func note(_ answer: JobAnswer) {
    record.bytes += answer.bytes
    if stage == .submitting {
      record.t2 = answer.times.connected
      record.t3 = answer.times.sent
    }
  }

  // MARK: Status reads

  private mutating func firstPoll(at now: Int64, _ conditions: PollingConditions) -> JobAction {
    longPollWait(at: now, conditions) == nil ? pollLater(at: now) : poll(at: now, conditions)
  }

  private mutating func poll(at now: Int64, _ conditions: PollingConditions) -> JobAction {
    guard let id = record.jobId else { return .none }
    let wait = longPollWait(at: now, conditions)
    stage = .polling(wait: wait, since: now)
    record.polls += 1
    return .poll(id: id, waitSeconds: wait)
  }

  /// Seconds to hold the next read open: as the scenario says, as the platform grants, and not beyond the deadline.
  private func longPollWait(at now: Int64, _ conditions: PollingConditions) -> Int? {
    guard dialect.holdsReads, let wait = polls.wait, conditions.allowsLongPoll else { return nil }
    let left = max(Int((deadline - now + 999_999_999) / 1_000_000_000), 1)
    let granted = min(wait, conditions.waitCapSeconds ?? wait, left)
    return granted > 0 ? granted : nil
  }

  private mutating func pollLater(at now: Int64) -> JobAction {
    stage = .waitingToPoll
    return .wake(at: now + polls.delay(age: now - (record.t1 ?? now)))
  }

  private mutating func polled(
    _ answer: JobAnswer, wait: Int?, since: Int64, at now: Int64, _ conditions: PollingConditions
  ) -> JobAction {
    note(answer)
    switch answer.status {
    case 200...299:
      guard let status = dialect.readStatus(answer.body) else {
        keepExcerpt(of: answer.body)
        return malformed(nil, at: now)
      }
      (failedReads, malformedReads) = (0, 0)
      noteState(status.state, answer.times)
      if status.state.isTerminal { return terminal(status, answer.times) }
      record.t5 = answer.times.done
      // A platform that ignores `wait` answers at once; asking again at once would hammer it.
      let wasHeld = wait.map { answer.times.done - since >= Int64($0) * 500_000_000 } ?? false
      return wasHeld ? poll(at: now, conditions) : pollLater(at: now)
    case 404, 410: return finish(.lost, .unknownJob(status: answer.status), at: answer.times.done)
    case 429, 500...599:
      return readAgain(.status(answer.status), at: now, retryAfterSeconds: answer.retryAfterSeconds)
    default:
      keepExcerpt(of: answer.body)
      return finish(.failed, .statusRefused(status: answer.status), at: answer.times.done)
    }
  }

  /// Keeps what states seen from outside say of the wait in the queue: a state was true at some moment between the
  /// read's request and its answer.
  private mutating func noteState(_ state: JobState, _ times: TransferInstants) {
    record.state = state
    if state == .queued {
      record.queuedAt = times.sent ?? record.queuedAt
    } else if record.startedBy == nil {
      record.startedBy = times.firstByte ?? times.done
    }
  }

  private mutating func pollFailed(_ failure: TransferFailure, at now: Int64) -> JobAction {
    failure.wasMangled
      ? malformed(failure.label, at: now)
      : readAgain(.transfer(failure.label), at: now, retryAfterSeconds: nil)
  }

  /// A read that failed says nothing about the job, so it is repeated until the deadline.
  private mutating func readAgain(_ failure: ReadFailure, at now: Int64, retryAfterSeconds: Int?) -> JobAction {
    failedReads += 1
    lastFailedRead = failure
    stage = .waitingToPoll
    let granted = Int64(min(retryAfterSeconds ?? 0, 86_400)) * 1_000_000_000
    return .wake(at: now + max(polls.delay(afterFailures: failedReads), granted))
  }

  private mutating func malformed(_ label: String?, at now: Int64) -> JobAction {
    malformedReads += 1
    guard malformedReads < Self.malformedLimit else { return finish(.failed, .statusMalformed(label), at: now) }
    stage = .waitingToPoll
    return .wake(at: now + polls.delay(afterFailures: malformedReads))
  }

  private mutating func terminal(_ status: StatusAnswer, _ times: TransferInstants) -> JobAction {
    record.t6 = times.firstByte ?? times.done
    record.t7 = times.done
    record.errorType = status.state == .failed ? status.errorType : nil
    record.timings = status.timings
    record.cpuTimeMs = status.details?.cpuTimeMs
    record.peakMemoryBytes = status.details?.peakMemoryBytes
    let verdict = Verdict(of: status, expecting: expectation)
    record.excerpt = verdict.outcome == .succeeded ? nil : Self.excerpt(of: status.error ?? status.result ?? "")
    return finish(verdict.outcome, verdict.reason, at: times.done)
  }
}
