import Jobs
import Sandbox

/// Writes the recipe of a request from the language's entry in the table.
struct RecipeBuilder {
  let request: ExecutionRequest
  let toolchain: Toolchain
  let product: String
  let compileLimits: SandboxLimits
  let aids: CompilerAids

  /// The environment of every command; a language may add to it.
  static let environment = [
    EnvironmentVariable("PATH", "/usr/local/bin:/usr/bin:/bin"), EnvironmentVariable("HOME", "/box"),
    // Python and Java choose the encoding of standard output by it.
    EnvironmentVariable("LANG", "C.UTF-8"),
  ]

  /// The recipe that the language's entry in the table describes.
  func recipe() -> Recipe {
    let source = language.sourceFile(for: request.code)
    let template = template(source)
    return Recipe(
      compile: language.compile.map { compileStep(template.expand($0), source) },
      run: runStep(template.expand(language.runCommand(withFiles: !files.isEmpty)), source),
      syntaxCheck: language.syntaxCheck.map { checkStep(template.expand($0), source) })
  }

  private var language: LanguageDefinition { toolchain.language }

  private var files: [SourceFile] { request.files ?? [] }

  private var isCompiled: Bool { language.compile != nil }

  private func template(_ source: String) -> CommandTemplate {
    var texts = toolchain.texts(compilerHeapMB: Recipe.compilerHeapMB(compileLimits))
    texts["source"] = source
    texts["product"] = Recipe.productPath
    texts["heapMB"] = language.heap.map { String($0.heapMB(memoryMB: request.limits.memoryMB)) }
    if language.naming == .java { texts["mainClass"] = JavaSource(request.code).mainClass }
    let compiled = files.map(\.name).filter(language.isCompiled)
    return CommandTemplate(
      texts: texts,
      lists: [
        "flags": toolchain.flags(compilerHeapMB: Recipe.compilerHeapMB(compileLimits)), "aids": aids.arguments,
        "options": request.options ?? [], "sources": [source] + compiled, "args": request.args,
      ])
  }

  private var environment: [EnvironmentVariable] {
    let own = language.environment ?? [:]
    return Self.environment.filter { own[$0.name] == nil }
      + own.sorted { $0.key < $1.key }.map { EnvironmentVariable($0.key, $0.value) }
  }

  /// The source, where programs run from it, and what lies beside it.
  private func contents(_ source: String, withSource: Bool) -> [SandboxFile] {
    (withSource ? [SandboxFile("/box/" + source, Array(request.code.utf8))] : [])
      + files.map { SandboxFile("/box/" + $0.name, Array($0.content.utf8)) }
  }

  private func compileStep(_ command: [String], _ source: String) -> SandboxRequest {
    SandboxRequest(
      command, files: contents(source, withSource: true) + aids.files,
      mounts: toolchain.mounts + aids.mounts + [SandboxMount(product, at: Recipe.productPath, isWritable: true)],
      environment: environment, limits: compileLimits)
  }

  private func checkStep(_ command: [String], _ source: String) -> SandboxRequest {
    SandboxRequest(
      command, files: contents(source, withSource: true), mounts: toolchain.mounts, environment: environment,
      limits: compileLimits)
  }

  private func runStep(_ command: [String], _ source: String) -> SandboxRequest {
    SandboxRequest(
      command, files: contents(source, withSource: !isCompiled),
      mounts: toolchain.mounts + (isCompiled ? [SandboxMount(product, at: Recipe.productPath)] : []),
      environment: environment, stdin: Array((request.stdin.texts.first ?? "").utf8),
      limits: SandboxLimits(request.limits))
  }
}

extension Toolchain {
  /// What every program of the language is compiled with.
  func flags(compilerHeapMB: Int) -> [String] {
    CommandTemplate(texts: texts(compilerHeapMB: compilerHeapMB)).expand(language.flags ?? [])
  }

  fileprivate func texts(compilerHeapMB: Int) -> [String: String] {
    ["compiler": compiler ?? "", "runtime": runtime ?? "", "compilerHeapMB": String(compilerHeapMB)]
  }
}

extension SandboxLimits {
  /// A job's limits in the sandbox's terms.
  init(_ limits: ResourceLimits) {
    self.init(
      wall: .milliseconds(limits.wallTimeMs), cpu: .milliseconds(limits.cpuTimeMs),
      memoryBytes: limits.memoryMB << 20, outputBytes: limits.outputBytes, processes: limits.processes,
      fileBytes: limits.fileBytes)
  }
}
