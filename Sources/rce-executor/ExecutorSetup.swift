import CodeExecution
import Glibc
import Sandbox

/// The parts of an executor, ready to work.
struct ExecutorSetup {
  let sandbox: Sandbox
  let toolchains: Toolchains
  let executor: CodeExecutor

  /// Prepares the sandbox and finds the toolchains; starts nothing but one empty sandbox as a proof.
  ///
  /// - Parameter makesInBackground: whether what speeds up compilers is made beside the first jobs.
  init(makesInBackground: Bool = false) throws {
    let temporaryDirectory = Environment["TMPDIR"] ?? "/tmp"
    let speed = CompilerSpeedSettings(
      techniques: try Technique.selection(Environment["RCE_EXECUTOR_TECHNIQUES"]),
      directory: Environment["RCE_EXECUTOR_CACHE"] ?? "\(temporaryDirectory)/rce-executor-\(geteuid())",
      makesInBackground: makesInBackground, report: Console.report)
    sandbox = try Sandbox(
      SandboxConfiguration(
        try SandboxChoice(Environment["RCE_EXECUTOR_SANDBOX"]),
        floor: try Protection.floor(Environment["RCE_EXECUTOR_FLOOR"]),
        bubblewrap: Environment["RCE_BWRAP"] ?? "/usr/bin/bwrap", temporaryDirectory: temporaryDirectory))
    if let facts = sandbox.capabilities.facts { Console.report("this kernel: \(facts.summary)") }
    for absence in sandbox.capabilities.absent { Console.report("not in force: \(absence)") }
    toolchains = .ofHost(searchPath: Environment["PATH"] ?? "", readableBy: sandbox.hostUser)
    executor = CodeExecutor(
      sandbox: sandbox, toolchains: toolchains, temporaryDirectory: temporaryDirectory, speed: speed)
  }
}
