import JobBackends
import JobDispatch
import Jobs
import Testing

@Suite("one delivery of a message")
struct DeliveryTests {
  /// A course of events: what is answered in turn, and the word for each step, the first one included.
  struct Course: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var message = Examples.message()
    var answers: [DispatchAnswer]
    var steps: [String]
  }

  private static let away = BackendError(.unavailable, "Redis is away")
  private static let died = BackendError(.environmentFailed, "env-1 was killed")
  private static let slow = BackendError(.environmentTimedOut, "env-1 took 31 s")
  private static let garbled = BackendError(.invalid, "env-1 answered with nonsense")
  private static let gaveUp = "finish failed: Internal error: the platform gave up after 3 attempts: "

  static let normal: [Course] = [
    Course(
      testDescription: "a program that runs",
      answers: [.marked(true), .invoked(Examples.invocation()), .stored(true), .done],
      steps: ["mark", "invoke print(1)", "finish completed: 1", "acknowledge", "end completed"]),
    Course(
      testDescription: "a program that fails",
      answers: [
        .marked(true), .invoked(Examples.invocation(error: "Runtime error: exit code 1", errorType: .runtimeError)),
        .stored(true), .done,
      ],
      steps: ["mark", "invoke print(1)", "finish failed: Runtime error: exit code 1", "acknowledge", "end failed"]),
    Course(
      testDescription: "an environment that classifies without a sentence",
      answers: [.marked(true), .invoked(Examples.invocation(errorType: .memoryLimit)), .stored(true), .done],
      steps: ["mark", "invoke print(1)", "finish failed: Memory limit exceeded", "acknowledge", "end failed"]),
    Course(
      testDescription: "source text from the store, removed at the end",
      message: Examples.message(code: nil),
      answers: [
        .code("large"), .marked(true), .invoked(Examples.invocation()), .stored(true), .done, .done,
      ],
      steps: [
        "fetch", "mark", "invoke large", "finish completed: 1", "acknowledge", "remove", "end completed",
      ]),
    Course(
      testDescription: "source text that cannot be removed is left to the store's own lifetime",
      message: Examples.message(code: nil),
      answers: [
        .code("large"), .marked(true), .invoked(Examples.invocation()), .stored(true), .done, .gaveUp(away),
      ],
      steps: [
        "fetch", "mark", "invoke large", "finish completed: 1", "acknowledge", "remove", "end completed",
      ]),
    Course(
      testDescription: "source text that is gone",
      message: Examples.message(code: nil),
      answers: [.code(nil), .stored(true), .done, .done],
      steps: [
        "fetch", "finish failed: Internal error: its source text is not in the code store any more",
        "bury its source text is not in the code store any more", "remove", "end buried",
      ]),
  ]

  static let duplicates: [Course] = [
    Course(
      testDescription: "a job that had ended before",
      answers: [.marked(false), .state(.completed), .done], steps: ["mark", "read", "acknowledge", "end duplicate"]),
    Course(
      testDescription: "a job that had failed before",
      answers: [.marked(false), .state(.failed), .done], steps: ["mark", "read", "acknowledge", "end duplicate"]),
    Course(
      testDescription: "a job that nobody knows any more",
      answers: [.marked(false), .state(nil), .done], steps: ["mark", "read", "acknowledge", "end forgotten"]),
    Course(
      testDescription: "a job whose first dispatcher died",
      message: Examples.message(attempt: 2),
      answers: [.marked(false), .state(.running), .invoked(Examples.invocation()), .stored(true), .done],
      steps: ["mark", "read", "invoke print(1)", "finish completed: 1", "acknowledge", "end completed"]),
    Course(
      testDescription: "a job that another dispatcher ended meanwhile",
      message: Examples.message(attempt: 2),
      answers: [.marked(false), .state(.running), .invoked(Examples.invocation()), .stored(false), .done],
      steps: ["mark", "read", "invoke print(1)", "finish completed: 1", "acknowledge", "end duplicate"]),
    Course(
      testDescription: "a job that had ended and whose source text is removed already",
      message: Examples.message(code: nil, attempt: 2),
      answers: [.code(nil), .stored(false), .done, .done],
      steps: [
        "fetch", "finish failed: Internal error: its source text is not in the code store any more", "acknowledge",
        "remove", "end duplicate",
      ]),
  ]

  static let failures: [Course] = [
    Course(
      testDescription: "an environment that dies",
      answers: [.marked(true), .invocationFailed(died), .done],
      steps: ["mark", "invoke print(1)", "release", "end released"]),
    Course(
      testDescription: "an environment that takes too long, on the second attempt",
      message: Examples.message(attempt: 2),
      answers: [.marked(false), .state(.running), .invocationFailed(slow), .done],
      steps: ["mark", "read", "invoke print(1)", "release", "end released"]),
    Course(
      testDescription: "an environment that dies on the last attempt",
      message: Examples.message(attempt: 3),
      answers: [.marked(false), .state(.running), .invocationFailed(died), .stored(true), .done],
      steps: [
        "mark", "read", "invoke print(1)", gaveUp + "env-1 was killed",
        "bury the platform gave up after 3 attempts: env-1 was killed", "end buried",
      ]),
    Course(
      testDescription: "an answer that makes no sense on the last attempt, with source text in the store",
      message: Examples.message(code: nil, attempt: 3),
      answers: [
        .code("large"), .marked(false), .state(.running), .invocationFailed(garbled), .stored(true), .done, .done,
      ],
      steps: [
        "fetch", "mark", "read", "invoke large", gaveUp + "env-1 answered with nonsense",
        "bury the platform gave up after 3 attempts: env-1 answered with nonsense", "remove", "end buried",
      ]),
    Course(
      testDescription: "a fourth delivery, after three of which nothing was heard",
      message: Examples.message(attempt: 4),
      answers: [.stored(true), .done],
      steps: [
        gaveUp + "each time the dispatcher or the environment ended before it could say why",
        "bury the platform gave up after 3 attempts: "
          + "each time the dispatcher or the environment ended before it could say why", "end buried",
      ]),
    Course(
      testDescription: "a fourth delivery of a job that had ended after all",
      message: Examples.message(attempt: 4),
      answers: [.stored(false), .done],
      steps: [
        gaveUp + "each time the dispatcher or the environment ended before it could say why", "acknowledge",
        "end duplicate",
      ]),
  ]

  static let outages: [Course] = [
    Course(
      testDescription: "no code store", message: Examples.message(code: nil), answers: [.gaveUp(away)],
      steps: ["fetch", "end abandoned"]),
    Course(testDescription: "no store to mark in", answers: [.gaveUp(away)], steps: ["mark", "end abandoned"]),
    Course(
      testDescription: "no store to read from", answers: [.marked(false), .gaveUp(away)],
      steps: ["mark", "read", "end abandoned"]),
    Course(
      testDescription: "no environment to be had", answers: [.marked(true), .invocationFailed(away)],
      steps: ["mark", "invoke print(1)", "end abandoned"]),
    Course(
      testDescription: "no store for the result",
      answers: [.marked(true), .invoked(Examples.invocation()), .gaveUp(away)],
      steps: ["mark", "invoke print(1)", "finish completed: 1", "end abandoned"]),
    Course(
      testDescription: "no queue to acknowledge to",
      answers: [.marked(true), .invoked(Examples.invocation()), .stored(true), .gaveUp(away)],
      steps: ["mark", "invoke print(1)", "finish completed: 1", "acknowledge", "end abandoned"]),
    Course(
      testDescription: "no queue to release to", answers: [.marked(true), .invocationFailed(died), .gaveUp(away)],
      steps: ["mark", "invoke print(1)", "release", "end abandoned"]),
  ]

  @Test("goes step by step", arguments: normal + duplicates + failures + outages)
  func course(_ course: Course) {
    var delivery = Delivery(course.message, maximumReceives: 3)
    var steps = [Self.word(delivery.start())]
    for answer in course.answers { steps.append(Self.word(delivery.next(answer))) }
    #expect(steps == course.steps)
  }

  @Test("hands the environment the whole request and nothing else")
  func request() {
    let received = Examples.message()
    var delivery = Delivery(received, maximumReceives: 3)
    var known = JobTimings()
    (known.s0, known.s1, known.attempt) = (10, 11, 1)
    #expect(delivery.start() == .markRunning(known))
    #expect(
      delivery.next(.marked(true))
        == .invoke(
          ExecutionRequest(
            jobId: received.message.jobId, code: "print(1)", language: .python, stdin: "in", args: ["a"],
            limits: ResourceLimits(memoryMB: 99))))
  }

  @Test(
    "stores when what happened and how it was served",
    arguments: [
      (nil, false, nil), (nil, true, .cold), (.prewarmed, true, .prewarmed), (.cached, false, .cached),
    ] as [(StartKind?, Bool, StartKind?)])
  func timings(_ start: StartKind?, _ coldStart: Bool, _ stored: StartKind?) throws {
    var delivery = Delivery(Examples.message(attempt: 2), maximumReceives: 3)
    _ = delivery.start()
    _ = delivery.next(.marked(true))
    guard case .finish(let status) = delivery.next(.invoked(Examples.invocation(start: start, coldStart: coldStart)))
    else {
      Issue.record("the result was not stored")
      return
    }
    var expected = JobTimings()
    (expected.s0, expected.s1, expected.s2, expected.s3, expected.s4, expected.s5) = (10, 11, 12, 13, 14, 15)
    (expected.attempt, expected.billedMs, expected.memoryMB) = (2, 16, 128)
    (expected.coldStart, expected.start, expected.environmentId) = (coldStart, stored, "env-1")
    #expect(status.timings == expected)
    #expect(status.result == "1")
  }

  @Test("an environment of which nothing is told leaves no figure in the result")
  func unreported() throws {
    var delivery = Delivery(Examples.message(), maximumReceives: 3)
    _ = delivery.start()
    _ = delivery.next(.marked(true))
    var invocation = Examples.invocation(coldStart: false)
    invocation.isReported = false
    guard case .finish(let status) = delivery.next(.invoked(invocation)) else {
      Issue.record("the result was not stored")
      return
    }
    let timings = try #require(status.timings)
    #expect(timings.billedMs == nil && timings.memoryMB == nil && timings.coldStart == nil && timings.s3 == nil)
    #expect(timings.s2 == 12 && timings.s4 == 14 && timings.s5 == 15)
  }

  private static func word(_ step: DispatchStep) -> String {
    switch step {
    case .fetchCode: "fetch"
    case .markRunning: "mark"
    case .readState: "read"
    case .invoke(let request): "invoke \(request.code)"
    case .finish(let status): "finish \(status.status.rawValue): \(status.error ?? status.result ?? "nothing")"
    case .acknowledge: "acknowledge"
    case .release: "release"
    case .bury(let reason): "bury \(reason)"
    case .removeCode: "remove"
    case .end(let outcome): "end \(outcome.label)"
    }
  }
}
