import CodeExecution
import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import Sandbox

/// What all rows share: the two sandboxes, the toolchains, and a folder that goes away with it.
final class Bench: Sendable {
  let jail: Sandbox
  let bubblewrap: Sandbox
  let toolchains: Toolchains
  /// Everything that a row writes lies below it.
  let folder: String
  /// What executors said that could not be done.
  let problems = Problems()
  private let serial = Lock(0)
  private let prepared = Lock<String?>(nil)

  init() throws {
    jail = try Sandbox(SandboxConfiguration(.jail))
    bubblewrap = try Sandbox(SandboxConfiguration(.bubblewrap))
    toolchains = .ofHost(searchPath: ProcessEnvironment.byName["PATH"] ?? "", readableBy: jail.hostUser)
    folder = "/tmp/executor-bars-\(getpid())"
    try Self.make(folder)
  }

  func remove() {
    DirectoryRemoval.empty(folder)
    rmdir(folder)
  }

  /// A new folder; compilers work as the sandbox's user, and must be able to pass through.
  func makeFolder(_ name: String) throws -> String {
    let number = serial.withLock { serial in
      serial += 1
      return serial
    }
    let path = "\(folder)/\(name)-\(number)"
    try Self.make(path)
    return path
  }

  /// One folder for what is made ahead, so that it is made once.
  func preparedFolder() throws -> String {
    if let path = prepared.withLock({ $0 }) { return path }
    let path = try makeFolder("prepared")
    prepared.withLock { $0 = path }
    return path
  }

  private static func make(_ path: String) throws {
    guard mkdir(path, 0o755) == 0 else { throw SystemCallError("mkdir", path) }
  }

  /// The commands that the executor itself would use for a program, without anything that makes a compiler faster.
  func recipe(_ program: Program, product: String = "") throws -> Recipe {
    Recipe(
      program.request(), try toolchains[program.language].get(), product: product,
      compileLimits: CodeExecutor.defaultCompileLimits)
  }
}
