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
/// What comes out depends on the request and on nothing else; what an executor keeps between jobs (booted runtimes, a
/// compiler, and products where that is asked for) makes it faster only. Any number of threads may execute at once.
public final class CodeExecutor: Sendable {
  private let sandbox: Sandbox
  private let toolchains: Toolchains
  private let compileLimits: SandboxLimits
  private let temporaryDirectory: String
  private let speed: CompilerSpeed
  private let settings: CompilerSpeedSettings
  private let cache: CompileCache?
  private let warm = Lock<WarmParts?>(nil)

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
    var speed = speed
    if !speed.preparesOnly {
      let shelf = PreparedShelf(speed.prepared)
      speed.techniques = Technique.safe(of: speed.techniques, in: sandbox.capabilities, with: shelf)
    }
    if sandbox.capabilities.namespaces.isEmpty { speed.pools = [:] }
    self.sandbox = sandbox
    self.toolchains = toolchains
    self.compileLimits = compileLimits
    self.temporaryDirectory = temporaryDirectory
    self.speed = CompilerSpeed(speed, sandbox, compileLimits: compileLimits)
    settings = speed
    cache = speed.techniques.contains(.cache) ? CompileCache(capacityBytes: speed.cacheBytes) : nil
  }

  /// Begins to keep ready what the settings name, in the background; a second call changes nothing.
  ///
  /// What it starts ends with this executor. A job that asks for a cold start uses none of it.
  public func keepWarm() {
    warm.withLock { warm in
      guard warm == nil else { return }
      let setting = WarmParts.Setting(
        sizes: settings.pools, techniques: settings.techniques, directory: settings.directory,
        temporaryDirectory: temporaryDirectory, compileLimits: compileLimits, report: settings.report)
      warm = WarmParts(setting, sandbox, toolchains)
    }
  }

  /// Ends what `keepWarm` began; to be called before the process exits, so that nothing of it stays on the disk.
  public func stopKeepingWarm() {
    warm.withLock { $0.take() }?.stop()
  }

  /// How many of each pool are ready at this moment; only those that are kept.
  public var ready: [WarmPool: Int] {
    warm.withLock { $0 }?.ready ?? [:]
  }

  /// Makes what can be made ahead to speed up compilers, unless it is there, and returns the files' paths.
  ///
  /// It takes seconds. Another executor that is at the same is waited for.
  public func prepare() throws -> [String] {
    let files: [String] = try toolchains.languages.languages.map(\.language).compactMap { language in
      // A language that is not offered needs nothing.
      guard let toolchain = try? toolchains[language].get() else { return nil }
      return try speed.prepare(language, toolchain)
    }
    if let directory = settings.directory, settings.preparesOnly { try PreparedShelf.arrange(directory) }
    return try files + javaTools()
  }

  private func javaTools() throws -> [String] {
    guard let directory = settings.directory, [.java, .javac].contains(where: { settings.pools[$0] ?? 0 > 0 }),
      let toolchain = try? toolchains[.java].get()
    else { return [] }
    let store = PreparedFileStore(directory: directory, hostUser: sandbox.hostUser)
    return try JavaTools(toolchain, store, in: sandbox).map { [try $0.mount().source] } ?? []
  }

  /// Executes a program; whatever goes wrong is in the result.
  ///
  /// - Parameter deadline: when the answer must be ready; it shortens the wall-clock limits where it comes first.
  public func execute(_ request: ExecutionRequest, deadline: MonotonicInstant? = nil) -> ExecutionResult {
    var result = outcome(request, deadline)
    result.environmentProblem = sandbox.environmentProblem
    return result
  }

  private func outcome(_ request: ExecutionRequest, _ deadline: MonotonicInstant?) -> ExecutionResult {
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
    let parts = warm.withLock { $0 }
    // What was used is replaced when the answer is there, and not while it is worked for.
    defer { parts?.replenish() }
    // Only a compiler has a product.
    let product =
      toolchain.compiler == nil
      ? nil
      : try Product(below: temporaryDirectory, owner: sandbox.hostUser, largestBytes: compileLimits.fileBytes)
    let aids = speed.aids(for: request, toolchain)
    let recipe = Recipe(
      request, toolchain, product: product?.path ?? "", compileLimits: compileLimits, aids: aids)
    var job = JobExecution(
      sandbox: sandbox, language: request.language, deadline: deadline, means: means(for: request, parts),
      product: product)
    let key =
      cache == nil
      ? nil : recipe.compile.map { CompileKey.name($0, request.language, toolchain, tenant: request.tenant) }
    if let failure = try job.compile(recipe, cacheKey: key) { return failure }
    return try job.run(recipe, request.stdin)
  }

  /// What a job may use: nothing that was ready before it came, where it asks for a cold start.
  private func means(for request: ExecutionRequest, _ parts: WarmParts?) -> WarmMeans {
    if request.start == .cold { return .none }
    return WarmMeans(cache: cache, compiler: parts?.compiler, starts: parts?.starts ?? [])
  }
}
