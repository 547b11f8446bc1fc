import HostSystem
import Jobs
import Sandbox

/// What an executor keeps ready for jobs to come.
final class WarmParts: Sendable {
  /// What it may keep, and what with.
  struct Setting: Sendable {
    var sizes: [WarmPool: Int]
    var techniques: Set<Technique>
    var directory: String?
    var temporaryDirectory: String
    var compileLimits: SandboxLimits
    var report: @Sendable (String) -> Void
  }

  private let keeper: WarmKeeper?
  private let pools: [WorkerPool]
  private let forks: PythonForks?
  private let directory: Result<WarmDirectory, SystemCallError>
  let compiler: ResidentCompiler?

  /// What may start a program, asked in this order.
  var starts: [any WarmStart] { pools + (forks.map { [$0] } ?? []) }

  /// Starts to fill the pools and returns at once; with none wanted, nothing is made.
  init?(_ setting: Setting, _ sandbox: Sandbox, _ toolchains: Toolchains) {
    guard setting.sizes.contains(where: { $0.value > 0 }) else { return nil }
    directory = Result { () throws(SystemCallError) in try WarmDirectory(below: setting.temporaryDirectory) }
    let maker = Maker(setting: setting, sandbox: sandbox, toolchains: toolchains, directory: directory)
    pools = [WarmPool.node, .java].compactMap(maker.pool)
    forks = maker.forks()
    compiler = maker.compiler()
    let stocks: [any WarmStock] = (forks.map { [$0] } ?? []) + pools + (compiler.map { [$0] } ?? [])
    do throws(SystemCallError) {
      keeper = stocks.isEmpty ? nil : try WarmKeeper(stocks, report: setting.report)
    } catch {
      setting.report("nothing is kept ready: \(error)")
      keeper = nil
    }
  }

  /// Lets what was used be replaced; to be called when there is time for it.
  func replenish() { keeper?.wake() }

  /// Ends all that is kept; what is at work goes on.
  ///
  /// It waits a moment for that, and no longer: the kernel does the rest.
  func stop() {
    keeper?.stop()
    if case .success(let directory) = directory { directory.remove() }
  }

  /// How many of each are ready now.
  var ready: [WarmPool: Int] {
    var ready: [WarmPool: Int] = [:]
    for pool in pools { WarmPool(rawValue: pool.name).map { ready[$0] = pool.count } }
    if let forks { ready[.python] = forks.count }
    if let compiler { ready[.javac] = compiler.isShort ? 0 : 1 }
    return ready
  }
}

/// Makes the parts that are wanted and possible.
private struct Maker {
  let setting: WarmParts.Setting
  let sandbox: Sandbox
  let toolchains: Toolchains
  /// Held by each pool that needs it, and removed with the last of them.
  let directory: Result<WarmDirectory, SystemCallError>

  func pool(_ pool: WarmPool) -> WorkerPool? {
    guard setting.techniques.contains(.prewarm), let size = setting.sizes[pool], size > 0, let form = form(pool) else {
      return nil
    }
    let (directory, owner, largest) = (directory, sandbox.hostUser, setting.compileLimits.fileBytes)
    return WorkerPool(pool, form, size: size, in: sandbox) {
      try Product(below: directory.get().path, owner: owner, largestBytes: largest)
    }
  }

  /// What a job with the platform's limits would be started with; only such jobs find something ready.
  private func form(_ pool: WarmPool) -> (any WarmForm)? {
    let language = pool == .node ? Language.javascript : .java
    guard let toolchain = try? toolchains[language].get() else { return nil }
    let blank = ExecutionRequest(jobId: JobID(), code: "", language: language)
    let recipe = Recipe(blank, toolchain, product: "", compileLimits: setting.compileLimits)
    return pool == .node ? NodeForm(recipe.run) : tools(toolchain).flatMap { JavaForm(recipe.run, $0) }
  }

  func forks() -> PythonForks? {
    guard setting.techniques.contains(.zygote), let size = setting.sizes[.python], size > 0,
      let toolchain = try? toolchains[.python].get()
    else { return nil }
    let blank = ExecutionRequest(jobId: JobID(), code: "", language: .python)
    let recipe = Recipe(blank, toolchain, product: "", compileLimits: setting.compileLimits)
    return PythonForks(recipe.run, size: size, in: sandbox)
  }

  func compiler() -> ResidentCompiler? {
    guard setting.techniques.contains(.resident), setting.sizes[.javac] == 1,
      let toolchain = try? toolchains[.java].get(), let tools = tools(toolchain)
    else { return nil }
    return ResidentCompiler(toolchain, tools, compileLimits: setting.compileLimits, in: sandbox)
  }

  private func tools(_ toolchain: Toolchain) -> JavaTools? {
    guard let directory = setting.directory else {
      setting.report("no java is kept ready: there is no directory for its tools")
      return nil
    }
    return JavaTools(toolchain, PreparedFileStore(directory: directory, hostUser: sandbox.hostUser), in: sandbox)
  }
}
