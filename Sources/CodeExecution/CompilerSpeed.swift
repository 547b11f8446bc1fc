import Glibc
import HostSystem
import Jobs
import Sandbox

/// Chooses what makes the compiler of each program faster, among the techniques that are switched on.
final class CompilerSpeed: Sendable {
  private let settings: CompilerSpeedSettings
  private let sandbox: Sandbox
  private let javacHeapMB: Int
  private let store: PreparedFileStore?
  private let shelf: PreparedShelf?
  /// Names of what was begun in the background: a second attempt would fail like the first.
  private let begun = Lock<Set<String>>([])

  init(_ settings: CompilerSpeedSettings, _ sandbox: Sandbox, compileLimits: SandboxLimits) {
    self.settings = settings
    self.sandbox = sandbox
    javacHeapMB = Recipe.compilerHeapMB(compileLimits)
    // Without namespaces what this user made could be changed by programs.
    let canBeKept = !sandbox.capabilities.namespaces.isEmpty || settings.preparesOnly
    store =
      canBeKept ? settings.directory.map { PreparedFileStore(directory: $0, hostUser: sandbox.hostUser) } : nil
    shelf = PreparedShelf(settings.prepared)
  }

  /// What is ready for this program now; never waits.
  func aids(for request: ExecutionRequest, _ toolchain: Toolchain) -> CompilerAids {
    var aids = CompilerAids()
    if request.language == .cpp {
      // The compiler takes a header file only with the very options that it was made with.
      if request.options?.isEmpty ?? true, LeadingInclude.isWholeLibrary(request.code) {
        addHeader(to: &aids, toolchain)
      }
      if let linker = Linker.choose(toolchain, settings.techniques) { aids.add(linker, Linker.arguments(linker)) }
    }
    if request.language == .java, let path = ready(.java, toolchain) {
      aids.add(.cds, ClassDataArchive.arguments, [ClassDataArchive.mount(path)])
    }
    return aids
  }

  private func addHeader(to aids: inout CompilerAids, _ toolchain: Toolchain) {
    if let folder = file(.cpp, toolchain).flatMap({ shelf?.headers($0.name) }) {
      aids.add(.pch, PrecompiledHeader.arguments, [PrecompiledHeader.mount(folder: folder)])
    } else if let path = ready(.cpp, toolchain) {
      aids.add(.pch, PrecompiledHeader.arguments, [PrecompiledHeader.mount(path)], [PrecompiledHeader.substitute])
    }
  }

  /// Makes what a language's compiler can use, unless it is there; its path, or nil where there is no such thing.
  func prepare(_ language: Language, _ toolchain: Toolchain) throws -> String? {
    guard let store, let file = file(language, toolchain) else { return nil }
    return try store.make(file, in: sandbox)
  }

  private func file(_ language: Language, _ toolchain: Toolchain) -> PreparedFile? {
    let file: PreparedFile? =
      switch language {
      case .cpp: PrecompiledHeader.file(toolchain, RecipeBuilder.environment)
      case .java: ClassDataArchive.file(toolchain, RecipeBuilder.environment, compilerHeapMB: javacHeapMB)
      default: nil
      }
    return file.flatMap { settings.techniques.contains($0.technique) ? $0 : nil }
  }

  private func ready(_ language: Language, _ toolchain: Toolchain) -> String? {
    guard let file = file(language, toolchain) else { return nil }
    if language != .cpp, let path = shelf?.find(file.name) { return path }
    guard let store else { return nil }
    if let path = store.find(file.name) { return path }
    if settings.makesInBackground && begun.withLock({ $0.insert(file.name).inserted }) { begin(file, store) }
    return nil
  }

  private func begin(_ file: PreparedFile, _ store: PreparedFileStore) {
    let report = settings.report
    do {
      _ = try NativeThread(named: "prepare") { [sandbox] in
        // Jobs go first; on Linux the value belongs to this thread and to what it starts.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        do {
          _ = try store.make(file, in: sandbox)
        } catch {
          report("compilers stay without \(file.technique.rawValue): \(error)")
        }
      }
    } catch {
      report("compilers stay without \(file.technique.rawValue): \(error)")
    }
  }
}
