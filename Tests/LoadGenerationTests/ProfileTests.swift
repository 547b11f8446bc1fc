import Jobs
import LoadGeneration
import RunRecords
import Scenarios
import Testing

@Suite("A run against other platforms", .serialized)
struct ProfileTests {
  private static func target(_ url: String, _ profile: TargetProfile, headers: [HTTPHeader] = []) -> TargetSpecification
  {
    TargetSpecification(
      place: .url(url), profile: profile, headers: headers, http: HTTPSettings(requestTimeout: .seconds(5)))
  }

  private static func entry(_ name: String, _ code: String, _ expectation: Expected) -> MixEntry {
    MixEntry(name: name, submission: Submission(code: code, language: .python), expectation: expectation)
  }

  // MARK: Judge0

  @Test("Judge0: every status gets its meaning, and texts come out of their base64")
  func judge0Statuses() throws {
    let server = try Judge0Server()
    defer { server.stop() }
    let failures: [(Int, ErrorType, Int?)] = [
      (5, .timeout, nil), (6, .compileError, nil), (7, .runtimeError, 11), (8, .outputLimit, 25), (9, .runtimeError, 8),
      (10, .runtimeError, 6), (11, .runtimeError, nil), (12, .runtimeError, nil), (13, .internalError, nil),
      (14, .runtimeError, nil),
    ]
    var mix = [
      Self.entry("accepted", "#judge0 3 grüß", Expected(stdout: "grüß", exitCode: 0)),
      Self.entry("compared", "#judge0 4 x", Expected(stdout: "x")),
      Self.entry("silent", "#judge0 3 -", Expected(stdout: "")),
      Self.entry("unexpected", "#judge0 6 - - broken", Expected(stdout: "x")),
      Self.entry("undocumented", "#judge0 99", Expected(stdout: "x")),
    ]
    mix += failures.map { Self.entry("status-\($0.0)", "#judge0 \($0.0) out", Expected(error: $0.1, signal: $0.2)) }
    let run = try TestRun(TestRun.plan(once: mix), server.url, target: Self.target(server.url, .judge0(.init())))
    #expect(server.problems == [] && run.measurement.targetVersion == "1.13.1")
    for record in run.records where !["unexpected", "undocumented"].contains(record.entry) {
      #expect(record.outcome == .succeeded, "\(record)")
    }
    let accepted = try #require(run.records.first)
    #expect(accepted.jobId == "d85cd024-1548-4165-96c7-0" && accepted.polls == 3 && accepted.httpStatus == 201)
    #expect(accepted.cpuTimeMs == 42 && accepted.peakMemoryBytes == 1 << 20)
    let unexpected = run.records[3]
    #expect(unexpected.outcome == .failed && unexpected.reason == "unexpected error: compile_error")
    #expect(unexpected.excerpt == "Compilation error (status 6)\nbroken\n")
    #expect(run.records[4].outcome == .failed && run.records[4].reason == "status answers cannot be understood")
  }

  @Test("Judge0: the wait in the queue lies between what the states seen by polling allow")
  func judge0Bracket() throws {
    let server = try Judge0Server(readsInAState: 3)
    defer { server.stop() }
    let mix = [Self.entry("a", "#judge0 3 x", Expected(stdout: "x"))]
    let run = try TestRun(TestRun.plan(once: mix), server.url, target: Self.target(server.url, .judge0(.init())))
    let record = try #require(run.records.first)
    let (t3, t4) = (try #require(record.t3), try #require(record.t4))
    let (queued, started) = (try #require(record.queuedAt), try #require(record.startedBy))
    // Three reads found it queued and the fourth running; they are 20 ms apart.
    #expect(t3 < t4 && t4 < queued && queued < started && started < record.t6 ?? 0)
    let wait = try #require(record.queueWaitBracket)
    #expect(wait == (queued - t4)...(started - t3) && wait.lowerBound >= 40_000_000)
    #expect(record.value(of: .queueWait, on: RunClock(startedAt: 0)) == nil)
  }

  @Test("Judge0: programs, input, arguments, limits and language_id travel as documented")
  func judge0Requests() throws {
    let server = try Judge0Server(token: "t0ken-of-a-user")
    defer { server.stop() }
    let full = Submission(
      code: "#judge0 3 x\n// \u{1F600} \"\\", language: .cpp, stdin: "1 2\n", args: ["a", "b c", "it's"],
      options: ["-O2", "-Wall"], limits: RequestedLimits(wallTimeMs: 2_500, cpuTimeMs: 1_000, memoryMB: 64))
    let mix = [
      MixEntry(name: "full", submission: full, expectation: Expected(stdout: "x")),
      MixEntry(
        name: "mapped", submission: Submission(code: "#judge0 3 x", language: .java), expectation: Expected(stdout: "x")
      ),
      MixEntry(name: "refused", submission: Submission(code: "", language: .javascript)),
    ]
    let profile = TargetProfile.judge0(Judge0Profile(languages: ["java": 9_000, "javascript": 1]))
    let target = Self.target(server.url, profile, headers: [HTTPHeader(name: "X-Auth-Token", value: "t0ken-of-a-user")])
    let run = try TestRun(TestRun.plan(once: mix), server.url, target: target)
    #expect(run.records.map(\.outcome) == [.succeeded, .succeeded, .rejected])
    #expect(run.records[2].reason == "submission refused with HTTP 422")
    #expect(run.records[2].excerpt?.contains("language with id") == true)
    #expect(server.requests.map(\.language_id) == [54, 9_000])
    let sent = try #require(server.requests.first)
    #expect(Judge0Server.text(sent.source_code) == full.code && sent.stdin.flatMap(Judge0Server.text) == "1 2\n")
    #expect(sent.command_line_arguments == #"a 'b c' 'it'\''s'"# && sent.compiler_options == "-O2 -Wall")
    #expect(sent.cpu_time_limit == 1 && sent.wall_time_limit == 2.5 && sent.memory_limit == 65_536)
    let strangers = try TestRun(TestRun.plan(once: mix), server.url, target: Self.target(server.url, profile))
    #expect(strangers[.rejected] == 3 && strangers.records[0].reason == "submission refused with HTTP 401")
  }

  // MARK: Piston

  struct Run: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var answer: String
    var expectation: Expected
    var reason: String?

    init(_ name: String, _ answer: String, _ expectation: Expected, reason: String? = nil) {
      testDescription = name
      self.answer = answer
      self.expectation = expectation
      self.reason = reason
    }
  }

  private static let ok =
    #"{"stdout":"hi\n","stderr":"","code":0,"signal":null,"status":null,"cpu_time":12,"memory":4096}"#

  @Test(
    "Piston: the result comes with the answer and is read from its stages",
    arguments: [
      Run("completed", #"{"language":"python","version":"3.12.0","run":\#(ok)}"#, Expected(stdout: "hi", exitCode: 0)),
      Run("compiled", #"{"compile":{"stdout":"","code":0,"signal":null},"run":\#(ok)}"#, Expected(stdout: "hi")),
      Run(
        "exit code", #"{"run":{"stdout":"","code":3,"signal":null,"status":"RE"}}"#,
        Expected(error: .runtimeError, exitCode: 3)),
      Run(
        "an old version", #"{"run":{"stdout":"","code":3,"signal":null}}"#, Expected(error: .runtimeError, exitCode: 3)),
      Run(
        "signal", #"{"run":{"code":null,"signal":"SIGSEGV","status":"SG"}}"#, Expected(error: .runtimeError, signal: 11)
      ),
      Run("too long", #"{"run":{"code":null,"signal":"SIGKILL","status":"TO"}}"#, Expected(error: .timeout, signal: 9)),
      Run("too much", #"{"run":{"code":null,"signal":"SIGKILL","status":"OL"}}"#, Expected(error: .outputLimit)),
      Run("too many errors", #"{"run":{"code":null,"signal":"SIGKILL","status":"EL"}}"#, Expected(error: .outputLimit)),
      Run("isolate failed", #"{"run":{"code":null,"signal":null,"status":"XX"}}"#, Expected(error: .internalError)),
      // A program that does not compile has its compiler's stage as its run.
      Run(
        "compile error",
        #"{"compile":{"stderr":"no","code":1,"status":"RE"},"run":{"stderr":"no","code":1,"status":"RE"}}"#,
        Expected(error: .compileError)),
      Run(
        "endless compiler", #"{"compile":{"code":null,"signal":"SIGKILL","status":"TO"},"run":{}}"#,
        Expected(error: .timeout)),
      Run(
        "no result", #"{"language":"python"}"#, Expected(stdout: "hi"), reason: "submission answered without a result"),
      Run("garbage", "<html>", Expected(stdout: "hi"), reason: "submission answered without a result"),
    ])
  func piston(_ example: Run) throws {
    let server = try PistonServer()
    defer { server.stop() }
    let mix = [Self.entry("a", example.answer, example.expectation)]
    let run = try TestRun(TestRun.plan(once: mix), server.url, target: Self.target(server.url, .piston(.init())))
    let record = try #require(run.records.first)
    #expect(
      record.reason == example.reason && record.outcome == (example.reason == nil ? .succeeded : .failed), "\(record)")
    #expect(record.polls == 0 && record.jobId == nil && record.t4 == nil)
    guard example.reason == nil else { return }
    #expect(record.t7 == record.endedAt && record.t6 ?? 0 <= record.t7 ?? 0 && record.queueWaitBracket == nil)
    // A synchronous platform has accepted what it answers.
    #expect(RunWindow.all(of: run.records, sloMilliseconds: nil).reduce(0) { $0 + $1.accepted } == 1)
  }

  @Test("Piston: programs, files, input, arguments, limits and versions travel as documented")
  func pistonRequests() throws {
    let server = try PistonServer()
    defer { server.stop() }
    let answer = #"{"run":\#(Self.ok)}"#
    let full = Submission(
      code: answer, language: .cpp, stdin: "1 2\n", args: ["a", "b"],
      files: [SourceFile(name: "include/a.h", content: "x")],
      limits: RequestedLimits(wallTimeMs: 2_500, cpuTimeMs: 1_000, memoryMB: 64))
    let mix = [
      MixEntry(name: "full", submission: full, expectation: Expected(stdout: "hi")),
      MixEntry(
        name: "java", submission: Submission(code: answer, language: .java), expectation: Expected(stdout: "hi")),
      MixEntry(name: "unknown", submission: Submission(code: answer, language: .javascript)),
    ]
    let profile = PistonProfile(languages: ["javascript": "cobol"], versions: ["cpp": "10.2.0", "java": ">=15"])
    let run = try TestRun(TestRun.plan(once: mix), server.url, target: Self.target(server.url, .piston(profile)))
    #expect(run.records.map(\.outcome) == [.succeeded, .succeeded, .rejected])
    #expect(run.records[2].excerpt == #"{"message":"cobol-* runtime is unknown"}"#)
    #expect(run.records[0].cpuTimeMs == 12 && run.records[0].peakMemoryBytes == 4_096)
    let requests = server.requests
    #expect(requests.map(\.language) == ["c++", "java"] && requests.map(\.version) == ["10.2.0", ">=15"])
    #expect(
      requests[0].files.map(\.name) == ["main.cpp", "include/a.h"] && requests[1].files[0].name.hasSuffix(".java"))
    #expect(requests[0].files.map(\.encoding) == ["utf8", "base64"] && requests[0].files[1].content == "eA==")
    #expect(requests[0].stdin == "1 2\n" && requests[0].args == ["a", "b"])
    #expect(requests[0].run_timeout == 2_500 && requests[0].run_cpu_time == 1_000)
    #expect(requests[0].run_memory_limit == 64 << 20)
  }

  @Test("Piston: a job that is not answered by its deadline has timed out, however long one request may take")
  func pistonDeadline() throws {
    let server = try SlowServer(health: "/api/v2/runtimes")
    defer { server.stop() }
    let mix = [Self.entry("a", "x", Expected(stdout: "hi"))]
    var target = Self.target(server.url, .piston(.init()))
    target.http.requestTimeout = .milliseconds(100)
    let run = try TestRun(
      TestRun.plan(once: mix, limits: RunLimits(jobDeadline: .seconds(1))), server.url, target: target)
    #expect(run[.timedOut] == 1 && run.records[0].reason == "not terminal at the job deadline")
  }
}
