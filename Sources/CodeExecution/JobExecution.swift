import HostSystem
import Jobs
import Sandbox

/// One job on its way through compiler and run.
struct JobExecution {
  let sandbox: Sandbox
  let language: Language
  let deadline: MonotonicInstant?
  private var techniques: [Technique] = []
  private var compileOutput: CapturedOutput?
  private var compiledAt: Int64 = 0

  init(sandbox: Sandbox, language: Language, deadline: MonotonicInstant?) {
    self.sandbox = sandbox
    self.language = language
    self.deadline = deadline
  }

  /// Runs the compiler; the result where the job ends with it.
  mutating func compile(_ recipe: Recipe) throws(SandboxError) -> ExecutionResult? {
    guard let request = recipe.compile else { return nil }
    let outcome = try compilerOutcome(request, recipe)
    compiledAt = WallClock.microseconds
    // javac and g++ write errors to standard error, and a few remarks to standard output.
    compileOutput = CapturedOutput(outcome.stderr + outcome.stdout)
    // Every compiler command of a recipe has the same limits.
    guard let verdict = Classifier.compilation(outcome, language, shortened(request).limits) else { return nil }
    var details = details(outcome)
    details.errorType = verdict.errorType
    // They are the compiler's, and the program never ran.
    details.exitCode = nil
    details.signal = nil
    details.stdout = CapturedOutput()
    details.stderr = CapturedOutput()
    details.compileOutput = compileOutput
    return ExecutionResult(
      error: verdict.sentence, details: details, start: .cold, compiledAt: compiledAt, finishedAt: compiledAt)
  }

  /// Runs the compiler; a second time without what was prepared, where that was gone or broke it.
  private mutating func compilerOutcome(
    _ request: SandboxRequest, _ recipe: Recipe
  ) throws(SandboxError) -> SandboxOutcome {
    techniques = recipe.techniques
    do {
      let outcome = try sandbox.run(shortened(request))
      guard recipe.plainCompile != nil, Diagnosis.isCompilerFailure(outcome) else { return outcome }
    } catch {
      guard recipe.plainCompile != nil, error.kind == .setup else { throw error }
    }
    techniques = []
    return try sandbox.run(shortened(recipe.plainCompile ?? request))
  }

  /// Runs the program.
  mutating func run(_ recipe: Recipe) throws(SandboxError) -> ExecutionResult {
    if compiledAt == 0 { compiledAt = WallClock.microseconds }
    let request = shortened(recipe.run)
    let outcome = try sandbox.run(request)
    let finishedAt = WallClock.microseconds
    var details = details(outcome)
    details.compileOutput = compileOutput
    if let message = try syntaxError(outcome, recipe) {
      details.errorType = .compileError
      details.compileOutput = details.stderr
      details.stderr = CapturedOutput()
      details.exitCode = nil
      return ExecutionResult(
        error: Verdict(.compileError, opening: "Syntax error", message).sentence, details: details, start: .cold,
        compiledAt: finishedAt, finishedAt: finishedAt)
    }
    let verdict = Classifier.run(outcome, language, request.limits)
    details.errorType = verdict?.errorType
    return ExecutionResult(
      error: verdict?.sentence, details: details, start: .cold, compiledAt: compiledAt, finishedAt: finishedAt)
  }

  /// The message of a syntax error, where the source has one and does not only speak of it.
  private func syntaxError(_ outcome: SandboxOutcome, _ recipe: Recipe) throws(SandboxError) -> String? {
    guard outcome.exceeded == nil, outcome.end == .exited(1), let check = recipe.syntaxCheck,
      let message = Diagnosis.syntaxError(language, outcome.stderr)
    else { return nil }
    return try sandbox.run(shortened(check)).end == .exited(Recipe.syntaxErrorCode) ? message : nil
  }

  private func details(_ outcome: SandboxOutcome) -> ExecutionDetails {
    var details = ExecutionDetails(outcome, sandbox.report)
    details.techniques = techniques.isEmpty ? nil : techniques.map(\.rawValue)
    return details
  }

  private func shortened(_ request: SandboxRequest) -> SandboxRequest {
    guard let deadline else { return request }
    var request = request
    request.limits.wall = min(request.limits.wall, .nanoseconds(max(0, deadline - .now)))
    return request
  }
}

extension ExecutionDetails {
  /// What happened, in the terms of a job's status.
  init(_ outcome: SandboxOutcome, _ report: SandboxReport) {
    self.init(
      stdout: CapturedOutput(outcome.stdout), stderr: CapturedOutput(outcome.stderr), truncated: outcome.truncated,
      cpuTimeMs: outcome.cpu.roundedMilliseconds, wallTimeMs: outcome.wall.roundedMilliseconds,
      peakMemoryBytes: outcome.peakMemoryBytes, sandbox: report)
    switch outcome.end {
    case .exited(let code): exitCode = Int(code)
    case .signalled(let number): signal = Int(number)
    }
  }
}

extension Duration {
  /// Milliseconds, to the microsecond.
  fileprivate var roundedMilliseconds: Double {
    (self / .microseconds(1)).rounded() / 1_000
  }
}
