import CodeExecution
import Glibc
import HostSystem
import Jobs
import Sandbox

/// An executor under attack, with what is needed to see what the attack did to it.
final class AttackBench: Sendable {
  let backend: AttackedBackend
  let sandbox: Sandbox
  let canary: Canary
  let listeners: HostListeners
  /// Where compilers leave their products.
  let products: String
  private let executor: CodeExecutor
  /// The same, whose compilers have little time.
  private let hastyExecutor: CodeExecutor
  /// The job that must not notice.
  let honest: HonestJob
  /// What is kept ready for jobs; each attack waits until it is.
  let pools: [WarmPool: Int]

  /// How long pools may take to fill: the first filling makes files.
  private static let patience: Int64 = 120_000_000_000

  /// What a compiler may use here: long enough for honest programs, short enough for attacks on it.
  static let compileLimits = SandboxLimits(
    wall: .seconds(10), cpu: .seconds(2), memoryBytes: 512 << 20, outputBytes: 64 << 10, processes: 64,
    fileBytes: 16 << 20)

  /// An executor of this kind, and the figures of its honest job.
  ///
  /// - Parameter prepared: a directory for what pools need; removed by the caller.
  init(
    _ backend: AttackedBackend, products: String, canary: Canary, listeners: HostListeners,
    pools: [WarmPool: Int] = [:], prepared: String? = nil
  ) throws {
    self.backend = backend
    self.pools = pools
    self.listeners = listeners
    self.products = products
    self.canary = canary
    let sandbox = try backend.makeSandbox()
    let toolchains = Toolchains.ofHost(searchPath: "", readableBy: sandbox.hostUser)
    var speed = CompilerSpeedSettings(techniques: pools.isEmpty ? [] : Set(Technique.allCases), directory: prepared)
    speed.techniques.remove(.cache)
    speed.pools = pools
    let executor = CodeExecutor(
      sandbox: sandbox, toolchains: toolchains, compileLimits: Self.compileLimits, temporaryDirectory: products,
      speed: speed)
    executor.keepWarm()
    var hasty = Self.compileLimits
    hasty.cpu = .milliseconds(800)
    hastyExecutor = CodeExecutor(
      sandbox: sandbox, toolchains: toolchains, compileLimits: hasty, temporaryDirectory: products)
    self.sandbox = sandbox
    self.executor = executor
    honest = try HonestJob(executor)
  }

  /// Waits until all that is kept is there; false where it does not come.
  func waitUntilReady() -> Bool {
    let deadline = MonotonicInstant.now + Self.patience
    while !pools.allSatisfy({ executor.ready[$0.key] ?? 0 >= $0.value }) {
      if MonotonicInstant.now > deadline { return false }
      usleep(1_000)
    }
    return true
  }

  /// Ends all that is kept.
  func stop() { executor.stopKeepingWarm() }

  /// Executes an attack's program.
  func execute(_ attack: Attack) throws -> ExecutionResult {
    (attack.isOnCompiler ? hastyExecutor : executor).execute(try request(attack))
  }

  /// What an executor is asked for.
  func request(_ attack: Attack) throws -> ExecutionRequest {
    ExecutionRequest(
      jobId: JobID(), code: try attack.source(), language: attack.language, stdin: .one(attack.stdin),
      args: attack.arguments.map(word), files: attack.files, limits: attack.limits)
  }

  private func word(_ argument: String) -> String {
    switch argument {
    case "{secret}": canary.file
    case "{port}": "\(listeners.port)"
    case "{abstract}": listeners.abstractName
    case "{supervisor}": "\(getpid())"
    case "{group}": "\(getpgrp())"
    case "/proc/{supervisor}/environ": "/proc/\(getpid())/environ"
    default: argument
    }
  }
}
