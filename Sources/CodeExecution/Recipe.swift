package import Jobs
package import Sandbox

/// The commands that take a source to its end, as values; who runs them decides what each outcome means.
package struct Recipe: Sendable {
  /// Makes the product from the source; nil where the language runs from source.
  package var compile: SandboxRequest?
  /// What makes `compile` faster.
  package private(set) var techniques: [Technique] = []
  /// The same without anything that was prepared, for when that turns out to be broken.
  package private(set) var plainCompile: SandboxRequest?
  /// Runs the program.
  package var run: SandboxRequest
  /// Says by its exit code `syntaxErrorCode` that the source is not a program of the language at all.
  ///
  /// Asked only after a run that looks like it: a good program never pays for it, and one that merely prints such
  /// words is told apart.
  package var syntaxCheck: SandboxRequest?

  /// The exit code with which `syntaxCheck` says so.
  package static let syntaxErrorCode: Int32 = 65
  /// What a compiler is told to keep within: half of its limit, the rest is for the virtual machine itself.
  static func compilerHeapMB(_ limits: SandboxLimits) -> Int {
    limits.memoryBytes >> 21
  }

  /// Where compilers leave their product and programs find it.
  package static let productPath = "/program"

  /// The commands for a request.
  ///
  /// - Parameters:
  ///   - product: the host directory for the compiler's product.
  ///   - aids: what makes the compiler faster.
  package init(
    _ request: ExecutionRequest, _ toolchain: Toolchain, product: String, compileLimits: SandboxLimits,
    aids: CompilerAids = .init()
  ) {
    let builder = RecipeBuilder(
      request: request, toolchain: toolchain, product: product, compileLimits: compileLimits, aids: aids)
    self = builder.recipe()
    techniques = aids.techniques
    if !aids.mounts.isEmpty {
      plainCompile = Self(request, toolchain, product: product, compileLimits: compileLimits).compile
    }
  }

  init(compile: SandboxRequest? = nil, run: SandboxRequest, syntaxCheck: SandboxRequest? = nil) {
    self.compile = compile
    self.run = run
    self.syntaxCheck = syntaxCheck
  }
}
