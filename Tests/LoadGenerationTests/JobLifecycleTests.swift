import Jobs
import LoadGeneration
import RunRecords
import Scenarios
import Testing

@Suite("The life of a job")
struct JobLifecycleTests {
  /// One event with the action that must follow.
  struct Step: Sendable {
    var at: Int64
    var event: JobEvent
    var action: JobAction

    init(_ at: Int64, _ event: JobEvent, _ action: JobAction) {
      self.at = at
      self.event = event
      self.action = action
    }
  }

  struct Story: Sendable, CustomTestStringConvertible {
    var name: String
    var retry: RetryPolicy?
    var polling = PollingPolicy.fixed(interval: .seconds(1))
    var expectation = Expected(stdout: "hello")
    var steps: [Step]
    var outcome: JobOutcome
    var reason: String?
    var testDescription: String { name }

    init(
      _ name: String, _ outcome: JobOutcome, _ reason: String? = nil, retry: RetryPolicy? = nil,
      polling: PollingPolicy = .fixed(interval: .seconds(1)), expectation: Expected = .init(stdout: "hello"),
      steps: [Step]
    ) {
      self.name = name
      self.outcome = outcome
      self.reason = reason
      self.retry = retry
      self.polling = polling
      self.expectation = expectation
      self.steps = steps
    }
  }

  static let second: Int64 = 1_000_000_000

  static var randomness: RandomStream { RandomStream(seed: 1, purpose: 3, index: 3) }

  /// The pauses that a job of these tests makes before its first and its second retry.
  static let pauses: [Int64] = {
    var schedule = RetrySchedule(retryTwice, randomness: randomness)
    return (0..<2).compactMap { _ in schedule.delayAfterConnectError() }
  }()

  static func job(_ story: Story) -> JobLifecycle {
    JobLifecycle(
      JobRecord(
        index: 3, phase: "steady", recorded: true, entry: "hello", language: .python, outcome: .censored, t0: 0,
        endedAt: 0), RceDialect(),
      expectation: story.expectation, deadlineAfter: 60 * second,
      polls: PollSchedule(story.polling, randomness: randomness),
      retries: RetrySchedule(story.retry, randomness: randomness))
  }

  static func answer(_ status: Int, _ body: String = "", retryAfter: Int? = nil, at done: Int64) -> JobEvent {
    .answered(
      JobAnswer(
        status: status, body: Array(body.utf8), retryAfterSeconds: retryAfter,
        times: TransferInstants(connected: done - 3, sent: done - 2, firstByte: done - 1, done: done), bytes: 10))
  }

  static func failure(_ label: String, sent: Bool = true, mangled: Bool = false, at done: Int64) -> JobEvent {
    .failed(
      TransferFailure(
        label: label, wasMangled: mangled, times: TransferInstants(sent: sent ? done - 1 : nil, done: done)))
  }

  static let accepted = #"{"jobId":"j-1","status":"queued"}"#
  static let queued = #"{"status":"queued","timestamp":1}"#
  static let completed = #"{"status":"completed","result":"hello","timestamp":1}"#
  static let poll = JobAction.poll(id: "j-1", waitSeconds: nil)
  static let submission = [Step(5, .due, .submit), Step(100, answer(202, accepted, at: 90), .wake(at: 100 + second))]

  static func polled(_ rest: [Step]) -> [Step] {
    submission + [Step(2 * second, .timer, poll)] + rest
  }

  @Test("ends in the outcome that measurement defines, once, with a reason", arguments: stories)
  func outcomes(_ story: Story) {
    var job = Self.job(story)
    for step in story.steps {
      #expect(job.handle(step.event, at: step.at) == step.action)
    }
    #expect(job.record.outcome == story.outcome && job.record.reason == story.reason)
    #expect(story.steps.last?.action == .finish)
    for event in [JobEvent.timer, .deadline, .drained, .due, Self.answer(200, Self.completed, at: 1)] {
      #expect(job.handle(event, at: 99 * Self.second) == .none)
    }
    #expect(job.record.outcome == story.outcome && job.record.endedAt < 99 * Self.second)
  }

  static let retryTwice = RetryPolicy(
    statuses: [429, 503], onConnectError: true, maximum: 2, backoff: .seconds(1), factor: 2, cap: .seconds(5))

  static let stories: [Story] = [
    Story(
      "completed as expected", .succeeded, steps: polled([Step(3 * second, answer(200, completed, at: 3), .finish)])),
    Story(
      "not done at first", .succeeded,
      steps: polled([
        Step(2 * second + 10, answer(200, queued, at: 2), .wake(at: 3 * second + 10)), Step(3 * second, .timer, poll),
        Step(4 * second, answer(200, completed, at: 4), .finish),
      ])),
    Story(
      "other output", .wrongResult, "stdout differs from what is expected",
      steps: polled([Step(3 * second, answer(200, #"{"status":"completed","result":"bye"}"#, at: 3), .finish)])),
    Story(
      "an error that nobody expected", .failed, "unexpected error: timeout",
      steps: polled([
        Step(3 * second, answer(200, #"{"status":"failed","error":"Time limit exceeded: 5 s"}"#, at: 3), .finish)
      ])),
    Story(
      "an error that was expected", .succeeded, expectation: Expected(error: .timeout),
      steps: polled([
        Step(3 * second, answer(200, #"{"status":"failed","error":"Time limit exceeded: 5 s"}"#, at: 3), .finish)
      ])),
    Story(
      "never done", .timedOut, "queued at the job deadline",
      steps: polled([
        Step(2 * second, answer(200, queued, at: 2), .wake(at: 3 * second)), Step(60 * second, .deadline, .finish),
      ])),
    Story(
      "never read", .timedOut, "not terminal at the job deadline", steps: submission + [Step(60, .deadline, .finish)]),
    Story("never sent in time", .timedOut, "not sent until the job deadline", steps: [Step(60, .deadline, .finish)]),
    Story(
      "never accepted in time", .timedOut, "not accepted until the job deadline",
      steps: [
        Step(1, .due, .submit), Step(60, .deadline, .finish),
      ]),
    Story(
      "refused", .rejected, "submission refused with HTTP 429",
      steps: [
        Step(1, .due, .submit), Step(2, answer(429, retryAfter: 1, at: 2), .finish),
      ]),
    Story(
      "refused as busy", .rejected, "submission refused with HTTP 503",
      steps: [
        Step(1, .due, .submit), Step(2, answer(503, at: 2), .finish),
      ]),
    Story(
      "refused as wrong", .rejected, "submission refused with HTTP 422",
      steps: [
        Step(1, .due, .submit), Step(2, answer(422, at: 2), .finish),
      ]),
    Story(
      "broken platform", .failed, "submission answered with HTTP 500",
      steps: [
        Step(1, .due, .submit), Step(2, answer(500, at: 2), .finish),
      ]),
    Story(
      "retried with Retry-After until the retries are used up", .rejected, "submission refused with HTTP 429",
      retry: retryTwice,
      steps: [
        Step(1, .due, .submit), Step(2, answer(429, retryAfter: 4, at: 2), .wake(at: 2 + 4 * second)),
        Step(9, .timer, .submit), Step(10, answer(503, at: 10), .wake(at: 10 + pauses[1])), Step(11, .timer, .submit),
        Step(12, answer(429, at: 12), .finish),
      ]),
    Story(
      "accepted at the second try", .succeeded, retry: retryTwice,
      steps: [
        Step(1, .due, .submit), Step(2, failure("connection refused", sent: false, at: 2), .wake(at: 2 + pauses[0])),
        Step(3, .timer, .submit), Step(4, answer(202, accepted, at: 4), .wake(at: 4 + second)), Step(5, .timer, poll),
        Step(6, answer(200, completed, at: 6), .finish),
      ]),
    Story(
      "told to come back after its deadline", .rejected,
      "submission refused with HTTP 503, to be tried again only after the job deadline", retry: retryTwice,
      steps: [Step(1, .due, .submit), Step(2, answer(503, retryAfter: Int.max, at: 2), .finish)]),
    Story(
      "redirected", .failed,
      "submission redirected with HTTP 307, which is never followed: give the final URL as base_url", retry: retryTwice,
      steps: [Step(1, .due, .submit), Step(2, answer(307, at: 2), .finish)]),
    Story(
      "an acceptance that is cut short", .failed, "submission answered unusably: answer cut short",
      steps: [Step(1, .due, .submit), Step(2, failure("answer cut short", mangled: true, at: 2), .finish)]),
    Story(
      "nobody there", .rejected, "submission not sent: connection refused",
      steps: [
        Step(1, .due, .submit), Step(2, failure("connection refused", sent: false, at: 2), .finish),
      ]),
    Story(
      "reset after sending, which is not retried", .failed, "submission without an answer: connection reset",
      retry: retryTwice,
      steps: [
        Step(1, .due, .submit), Step(2, failure("connection reset", at: 2), .finish),
      ]),
    Story(
      "accepted without an id", .failed, "submission answered without a job id",
      steps: [
        Step(1, .due, .submit), Step(2, answer(202, "{}", at: 2), .finish),
      ]),
    Story(
      "accepted with an id that cannot be part of a URL", .failed, "submission answered without a job id",
      steps: [
        Step(1, .due, .submit), Step(2, answer(202, #"{"jobId":"../x"}"#, at: 2), .finish),
      ]),
    Story(
      "an id of another job", .failed, "the platform gave the id of another job that is in flight",
      steps: submission + [
        Step(101, .duplicateID, .finish)
      ]),
    Story(
      "forgotten", .lost, "accepted, then unknown: status read answered with HTTP 404",
      steps: polled([
        Step(3 * second, answer(404, at: 3), .finish)
      ])),
    Story(
      "status refused", .failed, "status read refused with HTTP 401",
      steps: polled([
        Step(3 * second, answer(401, at: 3), .finish)
      ])),
    Story(
      "dropped", .dropped, "not sent: the limit of jobs in flight was reached", steps: [Step(1, .dropped, .finish)]),
    Story(
      "run over while in flight", .censored, "not terminal when the run ended",
      steps: submission + [
        Step(200, .drained, .finish)
      ]),
    Story(
      "run over before it was sent", .censored, "not sent when the run ended", steps: [Step(200, .drained, .finish)]),
  ]

  @Test("survives reads that fail, and says so where they fail until the deadline")
  func failedReads() {
    var job = Self.job(Story("", .censored, steps: []))
    for step in Self.polled([]) { #expect(job.handle(step.event, at: step.at) == step.action) }
    let events = [
      Self.failure("connection reset", at: 3), Self.answer(503, at: 3), Self.answer(429, retryAfter: 2, at: 3),
      Self.failure("connection refused", sent: false, at: 3),
    ]
    for (count, event) in events.enumerated() {
      guard case .wake(let instant) = job.handle(event, at: 5 * Self.second) else {
        Issue.record("the job was given up")
        return
      }
      let delay = instant - 5 * Self.second
      let expected = count == 2 ? 2 * Self.second : min(100_000_000 << Int64(count), Self.second)
      #expect(delay <= expected && delay >= expected * 8 / 10)
      #expect(job.handle(.timer, at: 6 * Self.second) == Self.poll)
    }
    #expect(job.handle(.deadline, at: 60 * Self.second) == .finish)
    #expect(job.record.outcome == .timedOut && job.record.polls == 5)
    #expect(job.record.reason == "status could not be read until the job deadline: connection refused")
  }

  @Test("is given up after three answers in a row that cannot be understood, not after two")
  func malformed() {
    var job = Self.job(Story("", .censored, steps: []))
    for step in Self.polled([]) { _ = job.handle(step.event, at: step.at) }
    let unreadable = [
      Self.answer(200, "{\"status\":", at: 3), Self.answer(200, #"{"status":"exploded"}"#, at: 3),
      Self.answer(200, Self.queued, at: 3), Self.failure("answer cut short", mangled: true, at: 3),
      Self.answer(200, "", at: 3),
    ]
    for event in unreadable {
      guard case .wake = job.handle(event, at: 5) else {
        Issue.record("the job was given up too early")
        return
      }
      #expect(job.handle(.timer, at: 6) == Self.poll)
    }
    #expect(job.handle(Self.answer(200, "<html>", at: 7), at: 7) == .finish)
    #expect(job.record.outcome == .failed && job.record.reason == "status answers cannot be understood")
  }

  @Test(
    "keeps what the platform said where it did not succeed, and nothing where it did",
    arguments: [
      (#"{"status": "completed", "result": "hello"}"#, nil),
      (#"{"status": "completed", "result": "goodbye"}"#, "goodbye"),
      (#"{"status": "failed", "error": "Runtime error: exit code 1"}"#, "Runtime error: exit code 1"),
    ] as [(String, String?)])
  func excerpt(body: String, excerpt: String?) {
    var job = Self.job(Story("", .succeeded, steps: []))
    _ = job.handle(.due, at: 0)
    _ = job.handle(Self.answer(202, #"{"jobId": "a"}"#, at: 1), at: 1)
    _ = job.handle(.timer, at: Self.second)
    #expect(job.handle(Self.answer(200, body, at: Self.second), at: Self.second) == .finish)
    #expect(job.record.excerpt == excerpt)
  }

  @Test("keeps every instant, and what the platform tells")
  func record() {
    var job = Self.job(Story("", .succeeded, expectation: Expected(stdout: "hello\n", exitCode: 0), steps: []))
    let done = """
      {"status":"completed","result":"hello","timestamp":9,"timings":{"s0":1,"s1":2,"coldStart":true,"billedMs":7},
       "details":{"exitCode":0,"stdout":"hello\\n","cpuTimeMs":3.5}}
      """
    #expect(job.handle(.due, at: 5) == .submit)
    _ = job.handle(Self.answer(202, Self.accepted, at: 90), at: 100)
    _ = job.handle(.timer, at: 200)
    _ = job.handle(Self.answer(200, Self.queued, at: 300), at: 310)
    _ = job.handle(.timer, at: 400)
    #expect(job.handle(Self.answer(200, done, at: 500), at: 510) == .finish)
    let record = job.record
    #expect([record.t1, record.t2, record.t3, record.t4] == [5, 87, 88, 90])
    #expect([record.t5, record.t6, record.t7] == [300, 499, 500] && record.endedAt == 500)
    // Queued at some moment after 298, not queued any more at some moment before 499.
    #expect(record.queuedAt == 298 && record.startedBy == 499)
    #expect(record.outcome == .succeeded && record.state == .completed && record.httpStatus == 202)
    #expect(record.polls == 2 && record.bytes == 30 && record.jobId == "j-1" && record.cpuTimeMs == 3.5)
    #expect(record.timings?.s1 == 2 && record.timings?.coldStart == true && record.timings?.billedMs == 7)
  }
}
