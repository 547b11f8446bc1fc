import CodeExecution
import Glibc
import Jobs
import Sandbox

/// The parts of an executor, ready to work.
struct ExecutorSetup {
  let sandbox: Sandbox
  let toolchains: Toolchains
  let executor: CodeExecutor
  let speed: CompilerSpeedSettings

  /// Prepares the sandbox and finds the toolchains; starts nothing but one empty sandbox as a proof.
  ///
  /// - Parameters:
  ///   - makesInBackground: whether what speeds up compilers is made beside the first jobs.
  ///   - preparesImage: whether nothing is done but to make that for an image, where it is named.
  init(makesInBackground: Bool = false, preparesImage: Bool = false) throws {
    let temporaryDirectory = Environment["TMPDIR"] ?? "/tmp"
    var speed = CompilerSpeedSettings(
      techniques: try Technique.selection(Environment["RCE_EXECUTOR_TECHNIQUES"]),
      directory: Environment["RCE_EXECUTOR_CACHE"] ?? "\(temporaryDirectory)/rce-executor-\(geteuid())",
      makesInBackground: makesInBackground, report: Console.report)
    speed.prepared = Environment["RCE_EXECUTOR_PREPARED"]
    if preparesImage, let directory = speed.prepared {
      speed.directory = directory
      speed.preparesOnly = true
    }
    speed.pools = try WarmPool.sizes(Environment["RCE_EXECUTOR_POOL"])
    speed.cacheBytes = try Self.mebibytes("RCE_EXECUTOR_PRODUCTS_MB") ?? speed.cacheBytes
    self.speed = speed
    sandbox = try Sandbox(
      SandboxConfiguration(
        try SandboxChoice(Environment["RCE_EXECUTOR_SANDBOX"]),
        floor: try Protection.floor(Environment["RCE_EXECUTOR_FLOOR"]),
        bubblewrap: Environment["RCE_BWRAP"] ?? "/usr/bin/bwrap", temporaryDirectory: temporaryDirectory))
    if let facts = sandbox.capabilities.facts { Console.report("this kernel: \(facts.summary)") }
    for absence in sandbox.capabilities.absent { Console.report("not in force: \(absence)") }
    toolchains = .ofHost(
      searchPath: Environment["PATH"] ?? "", readableBy: sandbox.hostUser, languages: try LanguageTable.selected.get())
    executor = CodeExecutor(
      sandbox: sandbox, toolchains: toolchains, temporaryDirectory: temporaryDirectory, speed: speed)
  }

  private static func mebibytes(_ name: String) throws(UsageError) -> Int? {
    guard let text = Environment[name] else { return nil }
    guard let value = Int(text), (1...65_536).contains(value) else {
      throw UsageError("\(name) must be a number of MiB from 1 to 65536, got \(text)")
    }
    return value << 20
  }
}
