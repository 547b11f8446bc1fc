import Jobs
import Sandbox

/// Writes the recipe of each language.
struct RecipeBuilder {
  let request: ExecutionRequest
  let toolchain: Toolchain
  let product: String
  let compileLimits: SandboxLimits
  let aids: CompilerAids

  /// The whole environment of every command.
  static let environment = [
    EnvironmentVariable("PATH", "/usr/local/bin:/usr/bin:/bin"), EnvironmentVariable("HOME", "/box"),
    // Python and Java choose the encoding of standard output by it.
    EnvironmentVariable("LANG", "C.UTF-8"),
  ]

  func cpp() -> Recipe {
    let compile = compileStep(
      "main.cpp", Recipe.cppFlags + aids.arguments + ["-o", Recipe.productPath + "/main", "main.cpp"])
    return Recipe(compile: compile, run: runStep([Recipe.productPath + "/main"], mounts: [programMount]))
  }

  func java() -> Recipe {
    let source = JavaSource(request.code)
    let file = source.fileName + ".java"
    let compile = compileStep(
      file, aids.arguments + Recipe.javacFlags(Recipe.javacHeapMB(compileLimits)) + ["-d", Recipe.productPath, file])
    let flags = ["-Xmx\(heapMB)m", "-XX:-UsePerfData", "-cp", Recipe.productPath, source.mainClass]
    return Recipe(compile: compile, run: runStep(runtime + flags, mounts: [programMount]))
  }

  func python() -> Recipe {
    // Not -S: without the site module there is neither exit() nor quit(), which many programs call.
    let run = runStep(runtime + ["-I", "-B", "/box/main.py"], files: [source("main.py")])
    let script = """
      try: compile(open('/box/main.py', 'rb').read(), 'main.py', 'exec')
      except SyntaxError: raise SystemExit(\(Recipe.syntaxErrorCode))
      """
    return Recipe(run: run, syntaxCheck: checkStep(["-I", "-S", "-c", script], "main.py"))
  }

  func javascript() -> Recipe {
    let heap = max(16, request.limits.memoryMB - 80)
    let run = runStep(runtime + ["--max-old-space-size=\(heap)", "/box/main.js"], files: [source("main.js")])
    // vm.Script parses as `require` does, inside a function, where `return` is allowed.
    let script = """
      const text = require('fs').readFileSync('/box/main.js', 'utf8').replace(/^#!.*/, '');
      try { require('vm').compileFunction(text, ['exports', 'require', 'module', '__filename', '__dirname']); }
      catch (error) { if (error instanceof SyntaxError) process.exit(\(Recipe.syntaxErrorCode)); }
      """
    return Recipe(run: run, syntaxCheck: checkStep(["-e", script], "main.js"))
  }

  /// The heap that leaves the virtual machine itself (about 40 MiB) and its collector room within the memory limit, so
  /// that a program which hoards objects gets Java's own error.
  private var heapMB: Int {
    max(16, request.limits.memoryMB - 64 - request.limits.memoryMB / 8)
  }

  private var runtime: [String] { toolchain.runtime.map { [$0] } ?? [] }

  private var programMount: SandboxMount { SandboxMount(product, at: Recipe.productPath) }

  private func source(_ name: String) -> SandboxFile {
    SandboxFile("/box/" + name, Array(request.code.utf8))
  }

  private func compileStep(_ file: String, _ arguments: [String]) -> SandboxRequest {
    SandboxRequest(
      (toolchain.compiler.map { [$0] } ?? []) + arguments, files: [source(file)] + aids.files,
      mounts: toolchain.mounts + aids.mounts + [SandboxMount(product, at: Recipe.productPath, isWritable: true)],
      environment: Self.environment, limits: compileLimits)
  }

  private func checkStep(_ arguments: [String], _ file: String) -> SandboxRequest {
    SandboxRequest(
      runtime + arguments, files: [source(file)], mounts: toolchain.mounts, environment: Self.environment,
      limits: compileLimits)
  }

  private func runStep(
    _ command: [String], files: [SandboxFile] = [], mounts: [SandboxMount] = []
  ) -> SandboxRequest {
    SandboxRequest(
      command + request.args, files: files, mounts: toolchain.mounts + mounts, environment: Self.environment,
      stdin: Array((request.stdin.texts.first ?? "").utf8), limits: SandboxLimits(request.limits))
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
