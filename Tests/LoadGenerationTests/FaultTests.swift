import HostSystem
import LoadGeneration
import RunRecords
import Scenarios
import Testing

@Suite("A run against a bad target", .serialized)
struct FaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var behaviour: FaultServer.Behaviour
    var outcome: JobOutcome
    var reason: String

    init(
      _ name: String, _ outcome: JobOutcome, _ reason: String,
      submission: (@Sendable (Int) -> FaultServer.Reply)? = nil, status: (@Sendable (Int) -> FaultServer.Reply)? = nil
    ) {
      testDescription = name
      behaviour = .init()
      if let submission { behaviour.submission = submission }
      if let status { behaviour.status = status }
      self.outcome = outcome
      self.reason = reason
    }
  }

  private static let jobs = 4

  private static func run(
    _ behaviour: FaultServer.Behaviour, retry: RetryPolicy? = nil, deadline: Duration = .seconds(4), jobs: Int = jobs,
    polling: PollingPolicy = .fixed(interval: .milliseconds(20))
  ) throws -> (run: TestRun, submissions: Int, reads: Int) {
    let server = try FaultServer(behaviour)
    defer { server.stop() }
    let target = TargetSpecification(
      place: .url(server.url),
      http: HTTPSettings(requestTimeout: .milliseconds(700), maximumRedirects: 3, maximumBodyBytes: 1 << 20),
      retry: retry)
    let run = try TestRun(
      TestRun.plan(
        .closed(concurrency: jobs, until: .jobs(jobs)), limits: RunLimits(jobDeadline: deadline), polling: polling),
      server.url, target: target)
    return (run, server.submissions, server.reads)
  }

  private static func head(_ status: Int, _ more: String = "") -> String { "HTTP/1.1 \(status) Status\r\n\(more)\r\n" }

  static let submissions: [Fault] = [
    Fault(
      "garbage", .failed, "submission answered unusably: not an HTTP answer",
      submission: { _ in .text("\u{1}\u{2} what?\r\n\r\n") }),
    Fault(
      "HTML", .failed, "submission answered without a job id", submission: { _ in .json(200, "<html>hello</html>") }),
    Fault(
      "hangs before the headers", .failed, "submission without an answer: request timed out",
      submission: { _ in .hang(after: []) }),
    Fault(
      "hangs in the body", .failed, "submission without an answer: answer not complete in time",
      submission: { _ in .hang(after: Array((head(202, "Content-Length: 99\r\n") + #"{"jobId":"#).utf8)) }),
    Fault(
      "closes without an answer", .failed, "submission without an answer: connection closed without an answer",
      submission: { _ in .text("") }),
    Fault("resets", .failed, "submission without an answer: connection reset", submission: { _ in .reset }),
    Fault(
      "closes in the body", .failed, "submission answered unusably: answer cut short",
      submission: { _ in .text(head(202, "Content-Length: 99\r\n") + #"{"jobId":"job-1"}"#) }),
    Fault(
      "an enormous body", .failed, "submission answered unusably: answer too large",
      submission: { _ in .flood(Array(head(202).utf8)) }),
    Fault(
      "a slow drip", .failed, "submission without an answer: answer not complete in time",
      submission: { _ in .drip(Array((head(202, "Content-Length: 99999\r\n") + " ").utf8), milliseconds: 20) }),
    Fault(
      "a redirect", .failed,
      "submission redirected with HTTP 307, which is never followed: give the final URL as base_url",
      submission: { _ in .json(307, "", headers: "Location: /execute\r\n") }),
    Fault(
      "invalid UTF-8", .failed, "submission answered without a job id",
      submission: { _ in
        .write(Array((head(202, "Content-Length: 15\r\n") + #"{"jobId":"jo"#).utf8) + [0xff, 0x22, 0x7d])
      }),
    Fault(
      "the same id twice", .failed, "the platform gave the id of another job that is in flight",
      submission: { _ in .json(202, #"{"jobId":"always"}"#) }, status: { _ in .json(200, #"{"status":"running"}"#) }),
  ]

  @Test("counts what goes wrong with submissions in the right outcome and says what happened", arguments: submissions)
  func submission(_ fault: Fault) throws {
    let (run, submissions, _) = try Self.run(fault.behaviour)
    #expect(submissions == Self.jobs)
    let isTwin = fault.testDescription == "the same id twice"
    #expect(run[fault.outcome] == (isTwin ? Self.jobs - 1 : Self.jobs), "\(run.records)")
    // The first with the id never ends.
    #expect(Set(run.records.filter { $0.outcome == fault.outcome }.map(\.reason)) == [fault.reason])
    if isTwin { #expect(run[.timedOut] == 1) }
  }

  static let reads: [Fault] = [
    Fault(
      "garbage", .failed, "status answers cannot be understood: not an HTTP answer",
      status: { _ in .text("\u{1}what?\r\n\r\n") }),
    Fault("HTML", .failed, "status answers cannot be understood", status: { _ in .json(200, "<html></html>") }),
    Fault(
      "hangs before the headers", .timedOut, "status could not be read until the job deadline: request timed out",
      status: { _ in .hang(after: []) }),
    Fault(
      "hangs in the body", .timedOut, "status could not be read until the job deadline: answer not complete in time",
      status: { _ in .hang(after: Array((head(200, "Content-Length: 99\r\n") + #"{"status":"#).utf8)) }),
    Fault(
      "resets", .timedOut, "status could not be read until the job deadline: connection reset", status: { _ in .reset }),
    Fault(
      "closes in the body", .failed, "status answers cannot be understood: answer cut short",
      status: { _ in .text(head(200, "Content-Length: 99\r\n") + #"{"status":"comp"#) }),
    Fault(
      "an enormous body", .failed, "status answers cannot be understood: answer too large",
      status: { _ in .flood(Array(head(200).utf8)) }),
    Fault(
      "a slow drip", .timedOut, "status could not be read until the job deadline: answer not complete in time",
      status: { _ in .drip(Array((head(200, "Content-Length: 99999\r\n") + " ").utf8), milliseconds: 20) }),
    Fault(
      "redirects in a loop", .failed, "status answers cannot be understood: redirected too often",
      status: { _ in .json(302, "", headers: "Location: /job-status/again\r\n") }),
    Fault(
      "redirects to another origin", .failed, "status answers cannot be understood: redirected to another origin",
      status: { _ in .json(302, "", headers: "Location: http://localhost:1/job-status/x\r\n") }),
    Fault(
      "never finishes", .timedOut, "queued at the job deadline", status: { _ in .json(200, #"{"status":"queued"}"#) }),
    Fault(
      "forgets", .lost, "accepted, then unknown: status read answered with HTTP 404", status: { _ in .json(404, "{}") }),
    Fault(
      "breaks", .timedOut, "status could not be read until the job deadline: HTTP 500", status: { _ in .json(500, "") }),
    Fault(
      "is busy for ever", .timedOut, "status could not be read until the job deadline: HTTP 429",
      status: { _ in .json(429, "", headers: "Retry-After: 99999999999999999999\r\n") }),
    Fault(
      "invalid UTF-8", .failed, "status answers cannot be understood",
      status: { _ in
        .write(
          Array((head(200, "Content-Length: 36\r\n") + #"{"status":"completed","result":"aa"#).utf8) + [
            0xff, 0x22, 0x7d,
          ])
      }),
    Fault(
      "a state of its own", .failed, "status answers cannot be understood",
      status: { _ in .json(200, #"{"status":"exploded"}"#) }),
  ]

  @Test("counts what goes wrong with status reads in the right outcome and says what happened", arguments: reads)
  func read(_ fault: Fault) throws {
    let (run, _, reads) = try Self.run(fault.behaviour)
    #expect(run[fault.outcome] == Self.jobs, "\(run.records)")
    #expect(Set(run.records.map(\.reason)) == [fault.reason])
    #expect(reads >= Self.jobs)
  }

  @Test("recovers from reads that fail once: the job still succeeds")
  func recovers() throws {
    let once: @Sendable (FaultServer.Reply) -> FaultServer.Behaviour = { reply in
      FaultServer.Behaviour(status: { $0 < Self.jobs ? reply : .json(200, #"{"status":"completed","result":"hello"}"#) }
      )
    }
    for reply in [
      FaultServer.Reply.reset, .json(503, ""), .text(Self.head(200, "Content-Length: 9\r\n") + "{"), .text(""),
    ] {
      let (run, _, reads) = try Self.run(once(reply), deadline: .seconds(30))
      #expect(run[.succeeded] == Self.jobs && reads == 2 * Self.jobs, "\(run.records)")
    }
  }

  @Test("follows a status read that is redirected within its origin")
  func redirected() throws {
    let (run, _, reads) = try Self.run(
      FaultServer.Behaviour(status: { read in
        read == 0
          ? .json(302, "", headers: "Location: /elsewhere/x?y=1:2\r\nRetry-After: 9\r\n")
          : .json(200, #"{"status":"completed","result":"hello"}"#)
      }), jobs: 1)
    #expect(run[.succeeded] == 1 && reads == 2 && run.records[0].polls == 1)
  }

  @Test("retries a platform that refuses half the time; every try is load, and the record says how many there were")
  func refusesHalf() throws {
    let half = FaultServer.Behaviour(submission: { number in
      number.isMultiple(of: 2)
        ? .json(503, "", headers: "Retry-After: 0\r\n") : .json(202, #"{"jobId":"job-\#(number)"}"#)
    })
    let without = try Self.run(half)
    #expect(without.run[.rejected] == Self.jobs / 2 && without.run[.succeeded] == Self.jobs / 2)
    let retry = RetryPolicy(maximum: 20, backoff: .milliseconds(5))
    let (run, submissions, _) = try Self.run(half, retry: retry, deadline: .seconds(30))
    #expect(run[.succeeded] == Self.jobs)
    #expect(submissions == run.records.reduce(0) { $0 + 1 + $1.retries } && submissions > Self.jobs)
  }

  @Test("waits as long as Retry-After says, a date too, and rejects at once what may only come back too late")
  func retryAfter() throws {
    let wait: @Sendable (String) -> FaultServer.Behaviour = { header in
      FaultServer.Behaviour(submission: { number in
        number < Self.jobs
          ? .json(429, "", headers: "Retry-After: \(header)\r\n") : .json(202, #"{"jobId":"job-\#(number)"}"#)
      })
    }
    let retry = RetryPolicy(maximum: 3, backoff: .milliseconds(5))
    let (soon, _, _) = try Self.run(wait("1"), retry: retry, deadline: .seconds(30))
    #expect(
      soon[.succeeded] == Self.jobs && soon.records.allSatisfy { $0.retries == 1 && $0.endedAt - $0.t0 > 1_000_000_000 }
    )
    let (past, _, _) = try Self.run(wait("Sun, 06 Nov 1994 08:49:37 GMT"), retry: retry, deadline: .seconds(30))
    #expect(past[.succeeded] == Self.jobs)
    for far in ["86400", "Fri, 31 Dec 2100 23:59:59 GMT", "99999999999999999999"] {
      let (run, submissions, _) = try Self.run(wait(far), retry: retry)
      #expect(run[.rejected] == Self.jobs && submissions == Self.jobs)
      #expect(
        Set(run.records.map(\.reason)) == [
          "submission refused with HTTP 429, to be tried again only after the job deadline"
        ])
    }
  }

  @Test("does not begin where connecting hangs, and waits for it no longer than the time-out of connections")
  func connecting() throws {
    let machine = try DeafListener()
    defer { machine.stop() }
    let target = TargetSpecification(
      place: .url(machine.url), http: HTTPSettings(connectTimeout: .milliseconds(300), requestTimeout: .seconds(60)))
    let start = MonotonicInstant.now
    let error = #expect(throws: TargetError.self) {
      try TestRun(TestRun.plan(.closed(concurrency: 1, until: .jobs(1))), machine.url, target: target)
    }
    #expect(error?.description.contains("/health: connecting timed out") == true, "\(error?.description ?? "")")
    #expect(MonotonicInstant.now - start < 30_000_000_000)
  }

  @Test("counts jobs for which no connection can be made any more as rejected, or tries again where it may")
  func gone() throws {
    let server = try FaultServer(.init())
    let url = server.url
    let plan = TestRun.plan(
      .constant(rate: 50, for: .seconds(2)), limits: RunLimits(jobDeadline: .seconds(3)),
      polling: .fixed(interval: .milliseconds(20)))
    let run = try TestRun(plan, url) { _ in
      while server.submissions < 10 {}
      server.stop()
    }
    #expect(run[.rejected] > 0 && run[.succeeded] > 0 && run.records.count == 100)
    let reasons = Set(run.records.filter { $0.outcome == .rejected }.map(\.reason))
    #expect(reasons == ["submission not sent: connection refused"])
  }
}
