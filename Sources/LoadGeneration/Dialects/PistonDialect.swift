import FoundationEssentials
package import Jobs
package import Scenarios

/// Piston's API (github.com/engineer-man/piston, docs/api-v2.md): the answer to `POST /api/v2/execute` is the result.
package struct PistonDialect: TargetDialect {
  private let profile: PistonProfile

  package init(_ profile: PistonProfile) {
    self.profile = profile
  }

  package var healthPath: String { "/api/v2/runtimes" }
  package var isSynchronous: Bool { true }
  package var holdsReads: Bool { false }
  package var submission: DialectCall { .postJSON }
  package var statusRead: DialectCall { .getJSON }

  package func submissionPath(of submission: Submission) -> String { "/api/v2/execute" }

  package func submissionBody(of submission: Submission) -> [UInt8] {
    DialectJSON.encode(PistonRequest(submission, profile))
  }

  /// There is no such call; nothing asks for it, since no answer names a job.
  package func statusPath(of id: String, waitSeconds: Int?) -> String { healthPath }

  package func readSubmission(_ body: [UInt8]) -> SubmissionAnswer? {
    readStatus(body).map(SubmissionAnswer.init(status:))
  }

  package func readStatus(_ body: [UInt8]) -> StatusAnswer? {
    DialectJSON.decode(PistonResult.self, from: body)?.answer
  }
}

/// The body of `POST /api/v2/execute`; times are milliseconds, memory is bytes.
private struct PistonRequest: Encodable {
  struct File: Encodable {
    var name: String
    var content: String
    var encoding: String
  }

  var language: String
  var version: String
  var files: [File]
  var stdin: String?
  var args: [String]?
  var run_timeout: Int?
  var run_cpu_time: Int?
  var run_memory_limit: Int?

  init(_ submission: Submission, _ profile: PistonProfile) {
    let name = submission.language.rawValue
    language = profile.languages[name] ?? name
    version = profile.versions[name] ?? "*"
    let source = LanguageTable.current[name]?.sourceFile(for: submission.code) ?? "main"
    // Every file in utf8 is compiled as a source and renamed for it; in base64 it stays what it is.
    files =
      [File(name: source, content: submission.code, encoding: "utf8")]
      + (submission.files ?? []).map { file in
        File(name: file.name, content: Data(file.content.utf8).base64EncodedString(), encoding: "base64")
      }
    if case .one(let text)? = submission.stdin { stdin = text }
    args = submission.args
    run_timeout = submission.limits?.wallTimeMs
    run_cpu_time = submission.limits?.cpuTimeMs
    run_memory_limit = submission.limits?.memoryMB.map { $0 << 20 }
  }
}

/// The answer of `POST /api/v2/execute`.
private struct PistonResult: Decodable {
  struct Stage: Decodable {
    var stdout: String?
    var stderr: String?
    var code: Int?
    /// A signal by its name.
    var signal: String?
    /// `RE`, `SG`, `TO`, `OL`, `EL` or `XX`; older versions have none.
    var status: String?
    var message: String?
    /// Milliseconds.
    var cpu_time: Double?
    /// Bytes.
    var memory: Int?
  }

  var run: Stage
  var compile: Stage?

  var answer: StatusAnswer {
    if let compile, compile.failed { return compile.answer(failing: compile.failure(running: false)) }
    return run.failed ? run.answer(failing: run.failure(running: true)) : run.answer(failing: nil)
  }
}

extension PistonResult.Stage {
  var failed: Bool { code != 0 || signal != nil || (status ?? "").isEmpty == false }

  /// Why the stage failed; a version without `status` kills with SIGKILL whatever exceeds a limit.
  func failure(running: Bool) -> ErrorType {
    switch status {
    case "TO": .timeout
    case "OL", "EL": .outputLimit
    case "XX": .internalError
    default: running ? .runtimeError : .compileError
    }
  }

  func answer(failing error: ErrorType?) -> StatusAnswer {
    let details = StatusDetails(
      errorType: error?.rawValue, exitCode: code, signal: signal.flatMap(SignalNumber.named),
      stdout: stdout.map { CapturedOutput(Array($0.utf8)) }, cpuTimeMs: cpu_time, peakMemoryBytes: memory)
    guard let error else { return StatusAnswer(state: .completed, result: stdout, details: details) }
    let words = [error.phrase, message, stderr].compactMap(\.self).filter { !$0.isEmpty }
    return StatusAnswer(state: .failed, error: words.joined(separator: "\n"), details: details)
  }
}

/// Signals by their names.
private enum SignalNumber {
  static func named(_ name: String) -> Int? {
    names.firstIndex(of: name).map { $0 + 1 }
  }

  /// In the order of signal(7) on x86 and ARM.
  private static let names = [
    "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV",
    "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN",
    "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
  ]
}
