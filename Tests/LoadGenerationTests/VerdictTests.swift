import Digests
import Jobs
import LoadGeneration
import RunRecords
import Scenarios
import Testing

@Suite("A verdict")
struct VerdictTests {
  static func completed(_ stdout: String, exitCode: Int? = 0) -> StatusAnswer {
    StatusAnswer(
      state: .completed, details: StatusDetails(exitCode: exitCode, stdout: CapturedOutput(Array(stdout.utf8))))
  }

  static func failed(_ error: String?, _ details: StatusDetails? = nil) -> StatusAnswer {
    StatusAnswer(state: .failed, error: error, details: details)
  }

  @Test(
    "says how a terminal status counts against what is expected",
    arguments: [
      (completed("a\n"), Expected(), .succeeded), (completed("a\n"), Expected(stdout: "a"), .succeeded),
      (completed("a"), Expected(stdout: "a\n"), .succeeded),
      (completed("a\n\n"), Expected(stdout: "a"), .wrongResult),
      (completed("abc"), Expected(stdoutContains: "b"), .succeeded),
      (completed("abc"), Expected(stdoutContains: "d"), .wrongResult),
      (StatusAnswer(state: .completed, result: "a"), Expected(stdout: "a"), .succeeded),
      (StatusAnswer(state: .completed), Expected(stdout: "a"), .wrongResult),
      (StatusAnswer(state: .completed), Expected(exitCode: 0), .succeeded),
      (completed("hello\n"), Expected(stdoutSHA256: digest), .succeeded),
      (StatusAnswer(state: .completed, result: "hello"), Expected(stdoutSHA256: digest), .succeeded),
      (completed("hallo\n"), Expected(stdoutSHA256: digest), .wrongResult),
      (completed("a"), Expected(error: .timeout), .wrongResult),
      (failed("Runtime error: x"), Expected(), .failed),
      (failed("Runtime error: x"), Expected(error: .runtimeError), .succeeded),
      (failed("Syntax error: x"), Expected(error: .compileError), .succeeded),
      (failed("Memory limit exceeded"), Expected(error: .timeout), .failed),
      (failed("gone wrong"), Expected(state: .failed), .succeeded),
      (failed("gone wrong"), Expected(error: .runtimeError), .failed),
      (failed("?", .init(errorType: "runtime_error", exitCode: 3)), Expected(exitCode: 3), .succeeded),
      (failed("?", .init(errorType: "runtime_error", exitCode: 4)), Expected(exitCode: 3), .wrongResult),
      (failed("Runtime error"), Expected(exitCode: 3), .wrongResult),
      (failed("?", .init(signal: 11)), Expected(signal: 11), .succeeded),
      (failed("?", .init(signal: 6)), Expected(signal: 11), .wrongResult),
    ] as [(StatusAnswer, Expected, JobOutcome)])
  func verdicts(answer: StatusAnswer, expectation: Expected, outcome: JobOutcome) {
    let verdict = Verdict(of: answer, expecting: expectation)
    #expect(verdict.outcome == outcome)
    #expect((verdict.reason == nil) == (outcome == .succeeded))
  }

  // printf 'hello\n' | sha256sum
  static let digest = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"

  @Test("needs no more of an answer than its status")
  func leniency() throws {
    let minimal = try #require(
      StatusAnswer(body: Array(#"{"status":"failed","error":"Disk limit exceeded: 64 MB"}"#.utf8)))
    #expect(minimal.errorType == .diskLimit && minimal.details == nil && minimal.timings == nil)
    let odd = #"{"status":"completed","result":5,"details":"none","timings":[],"timestamp":"today","more":{}}"#
    let answer = try #require(StatusAnswer(body: Array(odd.utf8)))
    #expect(answer == StatusAnswer(state: .completed))
    let unknown = #"{"status":"failed","error":"Runtime error: 1","details":{"errorType":"odd"}}"#
    #expect(StatusAnswer(body: Array(unknown.utf8))?.errorType == .runtimeError)
  }

  @Test(
    "is not given on a job that is not done, found without reading the rest",
    arguments: [
      (#"{"status":"queued"}"#, JobState.queued),
      (#"{ "jobId" : "x", "status" : "running", "timestamp": 1 }"#, .running),
      (#"{"result":"\"status\":\"queued\"","status":"completed"}"#, .completed),
      (#"{"details":{"status":"queued"},"status":"completed"}"#, .completed),
      (#"{"status":"failed"}"#, .failed), (#"{"status":"queue"}"#, nil), (#"{"status":7}"#, nil), ("", nil),
      ("[]", nil),
    ] as [(String, JobState?)])
  func states(body: String, state: JobState?) {
    #expect(StatusAnswer(body: Array(body.utf8))?.state == state)
  }
}
