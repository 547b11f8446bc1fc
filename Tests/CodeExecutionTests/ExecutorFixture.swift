import CodeExecution
import Jobs
import Sandbox

/// The executor that the tests share.
enum ExecutorFixture {
  static let sandbox = Result { () throws(SandboxError) in try Sandbox() }

  /// Runs a program; the job's name is random.
  static func run(
    _ language: Language, _ code: String, stdin: String = "", args: [String] = [],
    speed: CompilerSpeedSettings = .init(),
    _ change: (inout ResourceLimits) -> Void = { _ in }
  ) throws -> ExecutionResult {
    var limits = ResourceLimits(wallTimeMs: 20_000, cpuTimeMs: 10_000)
    change(&limits)
    let sandbox = try sandbox.get()
    let executor = CodeExecutor(
      sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser), speed: speed)
    return executor.execute(
      ExecutionRequest(jobId: JobID(), code: code, language: language, stdin: .one(stdin), args: args, limits: limits))
  }
}
