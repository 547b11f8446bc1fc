import Jobs
import Sandbox

/// How programs of one language run in a process that was booted before they came.
protocol WarmForm: Sendable {
  /// The language.
  var language: Language { get }
  /// Whether the process looks for the program where compilers leave it.
  var needsProduct: Bool { get }
  /// How to boot the process, without where its product will be.
  func request() throws -> SandboxRequest
  /// All that it reads on standard input to become this program; nil where it cannot become exactly that.
  func input(for program: SandboxRequest) -> [UInt8]?
}

/// What a program has in common with the one that a process was booted for: everything that is settled at boot.
struct BootFacts: Sendable, Hashable {
  /// The program's command up to where the programs differ.
  private let command: [String]
  private let environment: [EnvironmentVariable]
  private let mounts: [SandboxMount]
  private let directory: String
  private let memoryBytes: Int
  private let fileBytes: Int

  init(_ request: SandboxRequest, command: some Sequence<String>) {
    self.command = Array(command)
    environment = request.environment
    mounts = request.mounts.filter { $0.target != Recipe.productPath }
    directory = request.directory
    memoryBytes = request.limits.memoryBytes
    fileBytes = request.limits.fileBytes
  }

  /// Whether all but the limits is the same.
  func startsLike(_ other: Self) -> Bool {
    command == other.command && environment == other.environment && mounts == other.mounts
      && directory == other.directory
  }
}

extension SandboxRequest {
  /// Whether its files lie where a booted process can still write them.
  var hasOnlyPrivateFiles: Bool {
    files.allSatisfy { $0.path.hasPrefix("/box/") || $0.path.hasPrefix("/tmp/") }
  }

  /// Standard input that is not there as a whole when the program starts could be told from a file.
  var hasSmallInput: Bool {
    stdin.count + files.reduce(0) { $0 + $1.bytes.count + $1.path.utf8.count } < 900_000
  }

  /// Arguments and files as fields of a frame: a count and the arguments, a count and each file's path and bytes.
  func fields(arguments: some Collection<String>) -> [[UInt8]] {
    [Array("\(arguments.count)".utf8)] + arguments.map { Array($0.utf8) } + [Array("\(files.count)".utf8)]
      + files.flatMap { [Array($0.path.utf8), $0.bytes] }
  }
}

extension SandboxLimits {
  /// For a process that boots and then waits.
  ///
  /// Memory and files are its program's, time is what a boot may take. The kernel's own limit on CPU time is above all
  /// that a job can ask for; the supervisor keeps the job's.
  func booting() -> Self {
    var limits = self
    limits.wall = .seconds(20)
    limits.cpu = .seconds(60)
    limits.outputBytes = 64 << 10
    limits.processes = max(processes, 64)
    return limits
  }
}
