import HostSystem
import Jobs
import Sandbox

/// One job on its way through compiler and run.
struct JobExecution {
  let sandbox: Sandbox
  let language: Language
  let deadline: MonotonicInstant?
  /// What may be used that was ready before the job came.
  let means: WarmMeans
  /// Where the compiler leaves what it makes; nil where the language runs from source.
  let product: Product?
  private var techniques: [Technique] = []
  private var compileOutput: CapturedOutput?
  private var compiledAt: Int64 = 0
  private var isFromCache = false

  init(
    sandbox: Sandbox, language: Language, deadline: MonotonicInstant?, means: WarmMeans = .none, product: Product? = nil
  ) {
    self.sandbox = sandbox
    self.language = language
    self.deadline = deadline
    self.means = means
    self.product = product
  }

  /// Makes the product; the result where the job ends with that.
  ///
  /// - Parameter cacheKey: the name of this compilation in the cache.
  mutating func compile(_ recipe: Recipe, cacheKey: String?) throws(SandboxError) -> ExecutionResult? {
    guard let request = recipe.compile else { return nil }
    if takeFromCache(cacheKey) { return nil }
    let outcome = try compilerOutcome(request, recipe)
    compiledAt = WallClock.microseconds
    // javac and g++ write errors to standard error, and a few remarks to standard output.
    let printed = outcome.stderr + outcome.stdout
    compileOutput = CapturedOutput(printed)
    // Every compiler command of a recipe has the same limits.
    guard let verdict = Classifier.compilation(outcome, language, shortened(request).limits) else {
      keepInCache(cacheKey, printed)
      return nil
    }
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

  private mutating func takeFromCache(_ key: String?) -> Bool {
    guard let key, let product, let entry = means.cache?.find(key), (try? product.fill(entry.files)) != nil else {
      return false
    }
    isFromCache = true
    techniques = [.cache]
    compileOutput = CapturedOutput(entry.output)
    compiledAt = WallClock.microseconds
    return true
  }

  private func keepInCache(_ key: String?, _ printed: [UInt8]) {
    // What cannot be taken over safely is not kept; the program runs from where the compiler left it.
    guard let key, let cache = means.cache, let files = try? product?.contents() else { return }
    cache.keep(CompileCache.Entry(files: files, output: printed), for: key)
  }

  /// Runs the compiler: the resident one where there is one, then one of the job's own, and that a second time without
  /// what was prepared, where it was gone or broke it.
  private mutating func compilerOutcome(
    _ request: SandboxRequest, _ recipe: Recipe
  ) throws(SandboxError) -> SandboxOutcome {
    if let compiler = means.compiler, language == .java, let product,
      let outcome = try compiler.compile(shortened(request), into: product)
    {
      techniques = [.resident]
      return outcome
    }
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

  /// Runs the program once for each input.
  mutating func run(_ recipe: Recipe, _ stdin: StandardInput) throws(SandboxError) -> ExecutionResult {
    if compiledAt == 0 { compiledAt = WallClock.microseconds }
    guard case .each(let texts) = stdin else { return try runOnce(recipe) }
    var results: [ProgramResult] = []
    for text in texts {
      let result = try runInTime(recipe, Array(text.utf8))
      // A source that is no program is none for any input.
      if results.isEmpty, let failure = try syntaxFailure(result, recipe) { return failure }
      results.append(result)
    }
    let finishedAt = WallClock.microseconds
    let failed = results.firstIndex { $0.verdict != nil }
    guard let told = failed.map({ results[$0] }) ?? results.first else { return try runOnce(recipe) }
    var answer = answer(told, finishedAt)
    answer.details.runs = results.map(\.run)
    answer.error = failed.flatMap { index in results[index].verdict.map { "Input \(index + 1): \($0.sentence)" } }
    return answer
  }

  private mutating func runOnce(_ recipe: Recipe) throws(SandboxError) -> ExecutionResult {
    let result = try runProgram(shortened(recipe.run))
    let finishedAt = WallClock.microseconds
    return try syntaxFailure(result, recipe) ?? answer(result, finishedAt)
  }

  /// Runs one of several inputs, unless there is no time left for it.
  private mutating func runInTime(_ recipe: Recipe, _ stdin: [UInt8]) throws(SandboxError) -> ProgramResult {
    var request = recipe.run
    request.stdin = stdin
    request = shortened(request)
    guard request.limits.wall > .zero else {
      let verdict = Verdict(.timeout, "the runs before it left no time for this input")
      return ProgramResult(outcome: nil, verdict: verdict, start: .cold)
    }
    return try runProgram(request)
  }

  private mutating func runProgram(_ request: SandboxRequest) throws(SandboxError) -> ProgramResult {
    let program = PreparedProgram(language: language, request: request, product: product)
    for start in means.starts {
      guard let run = try start.run(program) else { continue }
      if !techniques.contains(run.technique) { techniques.append(run.technique) }
      return ProgramResult(
        outcome: run.outcome, verdict: Classifier.run(run.outcome, language, request.limits), start: run.kind)
    }
    let outcome = try sandbox.run(request)
    return ProgramResult(
      outcome: outcome, verdict: Classifier.run(outcome, language, request.limits), start: .cold)
  }

  private func answer(_ result: ProgramResult, _ finishedAt: Int64) -> ExecutionResult {
    var details = details(result.outcome)
    details.compileOutput = compileOutput
    details.errorType = result.verdict?.errorType
    return ExecutionResult(
      error: result.verdict?.sentence, details: details, start: isFromCache ? .cached : result.start,
      compiledAt: compiledAt, finishedAt: finishedAt)
  }

  /// The result of a job whose source has a syntax error that only its interpreter found.
  private func syntaxFailure(_ result: ProgramResult, _ recipe: Recipe) throws(SandboxError) -> ExecutionResult? {
    guard let outcome = result.outcome, let message = try syntaxError(outcome, recipe) else { return nil }
    let finishedAt = WallClock.microseconds
    var details = details(outcome)
    details.errorType = .compileError
    details.compileOutput = details.stderr
    details.stderr = CapturedOutput()
    details.exitCode = nil
    return ExecutionResult(
      error: Verdict(.compileError, opening: "Syntax error", message).sentence, details: details, start: result.start,
      compiledAt: finishedAt, finishedAt: finishedAt)
  }

  /// The message of a syntax error, where the source has one and does not only speak of it.
  private func syntaxError(_ outcome: SandboxOutcome, _ recipe: Recipe) throws(SandboxError) -> String? {
    guard outcome.exceeded == nil, outcome.end == .exited(1), let check = recipe.syntaxCheck,
      let message = Diagnosis.syntaxError(language, outcome.stderr)
    else { return nil }
    return try sandbox.run(shortened(check)).end == .exited(Recipe.syntaxErrorCode) ? message : nil
  }

  private func details(_ outcome: SandboxOutcome?) -> ExecutionDetails {
    var details = outcome.map { ExecutionDetails($0, sandbox.report) } ?? ExecutionDetails(sandbox: sandbox.report)
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
