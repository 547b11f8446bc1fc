import CodeExecution
import Sandbox

/// The parts of an executor, ready to work.
struct ExecutorSetup {
  let sandbox: Sandbox
  let toolchains: Toolchains
  let executor: CodeExecutor

  /// Prepares the sandbox and finds the toolchains; starts nothing but one empty sandbox as a proof.
  init() throws {
    let techniques = try Technique.selection(Environment["RCE_EXECUTOR_TECHNIQUES"])
    sandbox = try Sandbox(SandboxConfiguration(bubblewrap: Environment["RCE_BWRAP"] ?? "/usr/bin/bwrap"))
    toolchains = .ofHost(searchPath: Environment["PATH"] ?? "", readableBy: sandbox.hostUser)
    executor = CodeExecutor(
      sandbox: sandbox, toolchains: toolchains, temporaryDirectory: Environment["TMPDIR"] ?? "/tmp",
      techniques: techniques)
  }
}
