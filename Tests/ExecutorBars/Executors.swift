import CodeExecution
import Sandbox

/// Executors as the rows need them.
extension Bench {
  /// One with nothing that was made ahead: what a job meets that asks for a cold start, with plain compilers.
  func plainExecutor(_ sandbox: Sandbox) throws -> CodeExecutor {
    CodeExecutor(sandbox: sandbox, toolchains: toolchains, temporaryDirectory: try makeFolder("products"))
  }

  /// One with every technique that is on by default, its files made; a compile cache is not among them.
  ///
  /// - Parameter pools: what `keepWarm` will keep ready.
  func fastExecutor(_ sandbox: Sandbox, pools: [WarmPool: Int] = [:]) throws -> CodeExecutor {
    let problems = problems
    var settings = CompilerSpeedSettings(
      techniques: Technique.usual, directory: try preparedFolder(), report: { problems.add($0) })
    settings.pools = pools
    let executor = CodeExecutor(
      sandbox: sandbox, toolchains: toolchains, temporaryDirectory: try makeFolder("products"), speed: settings)
    _ = try executor.prepare()
    return executor
  }
}
