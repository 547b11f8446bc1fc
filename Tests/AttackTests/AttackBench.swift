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
  /// Where compilers leave their products.
  let products: String
  private let executor: CodeExecutor
  /// Milliseconds that the honest job takes on this machine.
  let helloMedian: Double

  /// What a compiler may use here: long enough for honest programs, short enough for attacks on it.
  static let compileLimits = SandboxLimits(
    wall: .seconds(10), cpu: .milliseconds(2_500), memoryBytes: 512 << 20, outputBytes: 64 << 10, processes: 64,
    fileBytes: 16 << 20)

  /// An executor of this kind, and the figures of its honest job.
  init(_ backend: AttackedBackend, products: String, canary: Canary) throws {
    self.backend = backend
    self.products = products
    self.canary = canary
    let sandbox = try backend.makeSandbox()
    let executor = CodeExecutor(
      sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser),
      compileLimits: Self.compileLimits, temporaryDirectory: products)
    self.sandbox = sandbox
    self.executor = executor
    // The first finds the interpreter's files on disk.
    _ = Self.hello(executor)
    helloMedian = Self.median((0..<9).map { _ in Self.hello(executor).milliseconds })
  }

  /// Executes an attack's program.
  func execute(_ attack: Attack) throws -> ExecutionResult {
    executor.execute(
      ExecutionRequest(
        jobId: JobID(), code: try attack.source(), language: attack.language, stdin: .one(attack.stdin),
        args: attack.arguments, files: attack.files, limits: attack.limits))
  }

  /// Runs the honest job.
  func hello() -> (problem: String?, milliseconds: Double) {
    Self.hello(executor)
  }

  private static func hello(_ executor: CodeExecutor) -> (problem: String?, milliseconds: Double) {
    let start = MonotonicInstant.now
    let result = executor.execute(ExecutionRequest(jobId: JobID(), code: "print(6 * 7)", language: .python))
    let milliseconds = Double(MonotonicInstant.now - start) / 1e6
    return (result.error == nil && result.result == "42" ? nil : result.error ?? result.result, milliseconds)
  }

  /// The value in the middle.
  static func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }
}
