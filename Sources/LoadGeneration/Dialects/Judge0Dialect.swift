import FoundationEssentials
package import Jobs
package import Scenarios

/// Judge0's API (github.com/judge0/judge0, docs/api, version 1.13.1): every text travels in base64.
///
/// Not asked for: `created_at` and `finished_at` come from two machines' clocks at whole transactions and not at the
/// instants that measurement needs, so that the wait in the queue is bracketed by the states that polls see.
package struct Judge0Dialect: TargetDialect {
  private let languages: [String: Int]

  package init(_ profile: Judge0Profile) {
    languages = profile.languages
  }

  package var healthPath: String { "/about" }
  package var isSynchronous: Bool { false }
  package var holdsReads: Bool { false }
  package var submission: DialectCall { .postJSON }
  package var statusRead: DialectCall { .getJSON }

  package func submissionPath(of submission: Submission) -> String { "/submissions?base64_encoded=true&wait=false" }

  package func submissionBody(of submission: Submission) -> [UInt8] {
    DialectJSON.encode(Judge0Submission(submission, languageID: languages[submission.language.rawValue] ?? 0))
  }

  private static let fields =
    "status,stdout,stderr,compile_output,message,time,memory,exit_code,exit_signal"

  package func statusPath(of id: String, waitSeconds: Int?) -> String {
    "/submissions/\(id)?base64_encoded=true&fields=\(Self.fields)"
  }

  package func readSubmission(_ body: [UInt8]) -> SubmissionAnswer? {
    DialectJSON.decode(Judge0Receipt.self, from: body).flatMap { SubmissionAnswer(jobId: $0.token) }
  }

  package func readStatus(_ body: [UInt8]) -> StatusAnswer? {
    DialectJSON.decode(Judge0Status.self, from: body)?.answer
  }
}

private struct Judge0Receipt: Decodable {
  var token: String
}

/// The body of `POST /submissions`; times are seconds, memory is kilobytes.
private struct Judge0Submission: Encodable {
  var source_code: String
  var language_id: Int
  var stdin: String?
  var command_line_arguments: String?
  var compiler_options: String?
  var cpu_time_limit: Double?
  var wall_time_limit: Double?
  var memory_limit: Int?

  init(_ submission: Submission, languageID: Int) {
    source_code = Self.base64(submission.code)
    language_id = languageID
    if case .one(let text)? = submission.stdin { stdin = Self.base64(text) }
    command_line_arguments = submission.args.map { $0.map(Self.quoted).joined(separator: " ") }
    compiler_options = submission.options.map { $0.joined(separator: " ") }
    cpu_time_limit = submission.limits?.cpuTimeMs.map { Double($0) / 1_000 }
    wall_time_limit = submission.limits?.wallTimeMs.map { Double($0) / 1_000 }
    memory_limit = submission.limits?.memoryMB.map { $0 * 1_024 }
  }

  private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  /// Judge0 appends the arguments to a shell command (isolate_job.rb).
  private static func quoted(_ argument: String) -> String {
    let isPlain = argument.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_./=:,+@%".utf8.contains(byte)
      }
    }
    return isPlain && !argument.isEmpty ? argument : "'" + argument.replacing("'", with: #"'\''"#) + "'"
  }
}

/// The answer of `GET /submissions/{token}`; every part but the status may be null.
private struct Judge0Status: Decodable {
  struct Status: Decodable {
    var id: Int
    var description: String?
  }

  var status: Status
  var stdout: String?
  var stderr: String?
  var compile_output: String?
  var message: String?
  /// Seconds, a number in a string.
  var time: String?
  /// Kilobytes.
  var memory: Double?
  var exit_code: Int?
  var exit_signal: Int?

  /// nil for a status that is none of the documented ones, or where a text is not base64.
  var answer: StatusAnswer? {
    guard let meaning = Judge0Meaning(status.id) else { return nil }
    guard meaning.state.isTerminal else { return StatusAnswer(state: meaning.state) }
    // A program that writes nothing has null.
    guard let output = DialectJSON.bytes(base64: stdout ?? "") else { return nil }
    let details = StatusDetails(
      errorType: meaning.error?.rawValue, exitCode: exit_code, signal: exit_signal ?? meaning.signal,
      stdout: CapturedOutput(output), cpuTimeMs: time.flatMap(Double.init).map { $0 * 1_000 },
      peakMemoryBytes: memory.map { Int($0 * 1_024) })
    guard let error = meaning.error else {
      return StatusAnswer(state: .completed, result: String(decoding: output, as: UTF8.self), details: details)
    }
    let said = [compile_output, stderr, message].compactMap(\.self).compactMap(DialectJSON.bytes(base64:))
      .map { String(decoding: $0, as: UTF8.self) }
    let words = ["\(error.phrase) (\(status.description ?? "status \(status.id)"))"] + said
    return StatusAnswer(state: .failed, error: words.joined(separator: "\n"), details: details)
  }
}

/// What a number of Judge0's statuses means (app/enumerations/status.rb).
private struct Judge0Meaning {
  let state: JobState
  var error: ErrorType?
  var signal: Int?

  init?(_ id: Int) {
    switch id {
    case 1: state = .queued
    case 2: state = .running
    // "Wrong Answer" is Judge0's own comparison, which is not asked for: the program has ended well.
    case 3, 4: state = .completed
    case 5...14:
      state = .failed
      (error, signal) = Self.failure(id)
    default: return nil
    }
  }

  private static func failure(_ id: Int) -> (ErrorType, Int?) {
    switch id {
    case 5: (.timeout, nil)
    case 6: (.compileError, nil)
    case 7: (.runtimeError, 11)
    // SIGXFSZ: standard output is a file there, and max_file_size the only limit on either.
    case 8: (.outputLimit, 25)
    case 9: (.runtimeError, 8)
    case 10: (.runtimeError, 6)
    case 13: (.internalError, nil)
    // NZEC, Other, Exec Format Error.
    default: (.runtimeError, nil)
    }
  }
}
