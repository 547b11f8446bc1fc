import FoundationEssentials
import Glibc
public import HostSystem
public import Jobs
public import Sandbox

/// A request that breaks the rules; nothing was started for it.
public struct RequestRefusal: Error, CustomStringConvertible, Sendable {
  /// What is wrong, in the order of the fields.
  public let faults: [RequestFault]

  /// The sentence for a person.
  public var description: String { "the request was refused: " + faults.map(\.description).joined(separator: "; ") }
}

/// Executes programs: compile, run, classify.
///
/// What comes out depends on the request and on nothing else. It has no memory of earlier jobs. Any number of threads may execute at once.
public final class CodeExecutor: Sendable {
  private let sandbox: Sandbox
  private let toolchains: Toolchains
  private let compileLimits: SandboxLimits
  private let temporaryDirectory: String
  private let speed: CompilerSpeed

  /// What a compiler may use: these limits are the platform's, the job's apply to the program.
  public static let defaultCompileLimits = SandboxLimits(
    wall: .seconds(15), cpu: .seconds(15), memoryBytes: 1 << 30, outputBytes: 64 << 10, processes: 64,
    fileBytes: 64 << 20)

  /// An executor with these parts.
  ///
  /// - Parameters:
  ///   - temporaryDirectory: where compilers leave their products; the sandbox's host user must be able to pass
  ///     through it.
  ///   - speed: what may make compilers faster, where this machine has it.
  public init(
    sandbox: Sandbox, toolchains: Toolchains, compileLimits: SandboxLimits = defaultCompileLimits,
    temporaryDirectory: String = "/tmp", speed: CompilerSpeedSettings = .init()
  ) {
    self.sandbox = sandbox
    self.toolchains = toolchains
    self.compileLimits = compileLimits
    self.temporaryDirectory = temporaryDirectory
    self.speed = CompilerSpeed(speed, sandbox, compileLimits: compileLimits)
  }

  /// Makes what can be made ahead to speed up compilers, unless it is there, and returns the files' paths.
  ///
  /// It takes seconds. Another executor that is at the same is waited for.
  public func prepare() throws -> [String] {
    try toolchains.languages.languages.map(\.language).compactMap { language in
      // A language that is not offered needs nothing.
      guard let toolchain = try? toolchains[language].get() else { return nil }
      return try speed.prepare(language, toolchain)
    }
  }

  /// Executes a program; whatever goes wrong is in the result.
  ///
  /// - Parameter deadline: when the answer must be ready; it shortens the wall-clock limits where it comes first.
  public func execute(_ request: ExecutionRequest, deadline: MonotonicInstant? = nil) -> ExecutionResult {
    do {
      let faults = RequestCheck(languages: toolchains.languages).faults(request)
      guard faults.isEmpty else { throw RequestRefusal(faults: faults) }
      let toolchain = try toolchains[request.language].get()
      return try execute(request, toolchain, deadline)
    } catch {
      let now = WallClock.microseconds
      let verdict = Verdict(.internalError, "\(error)")
      return ExecutionResult(
        error: verdict.sentence, details: ExecutionDetails(errorType: .internalError), start: .cold,
        compiledAt: now, finishedAt: now)
    }
  }

  private func execute(
    _ request: ExecutionRequest, _ toolchain: Toolchain, _ deadline: MonotonicInstant?
  ) throws -> ExecutionResult {
    // Only a compiler has a product.
    let product =
      toolchain.compiler == nil
      ? nil : try ProductDirectory.make(below: temporaryDirectory, owner: sandbox.hostUser)
    let aids = speed.aids(for: request, toolchain)
    let recipe = Recipe(request, toolchain, product: path(product), compileLimits: compileLimits, aids: aids)
    var job = JobExecution(sandbox: sandbox, language: request.language, deadline: deadline)
    if let failure = try job.compile(recipe) { return failure }
    return try job.run(recipe)
  }

  private func path(_ product: borrowing ProductDirectory?) -> String {
    switch product {
    case .some(let directory): directory.path
    case .none: ""
    }
  }
}
