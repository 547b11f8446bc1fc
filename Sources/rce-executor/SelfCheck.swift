import CodeExecution
import FoundationEssentials
import HostSystem
import Jobs
import Sandbox

/// What this machine offers, for people and for scripts.
struct SelfCheck: Encodable {
  struct LanguageCheck: Encodable {
    var compiler: String?
    var compilerVersion: String?
    var runtime: String?
    var runtimeVersion: String?
    var problem: String?

    init(_ toolchain: Result<Toolchain, ToolchainError>, _ probe: VersionProbe) {
      switch toolchain {
      case .success(let toolchain):
        let status = probe.status(of: toolchain)
        compiler = toolchain.compiler
        compilerVersion = status.compiler
        runtime = toolchain.runtime
        runtimeVersion = status.runtime
      case .failure(let error): problem = error.description
      }
    }
  }

  var sandbox: SandboxReport
  var controlGroupProblem: String?
  var nestedNamespacesForbidden: Bool
  var hostUser: UInt32
  var kernel: KernelFacts?
  var languages: [String: LanguageCheck]
  /// What may make jobs faster, and how many of each pool an environment keeps.
  var techniques: [String]
  var pools: [String: Int]

  init(_ setup: ExecutorSetup) {
    let capabilities = setup.sandbox.capabilities
    sandbox = setup.sandbox.report
    controlGroupProblem = capabilities.controlGroupReason
    nestedNamespacesForbidden = capabilities.disablesUserNamespaces
    hostUser = capabilities.hostUser
    kernel = capabilities.facts ?? (try? KernelFacts.probe(by: "\(OwnProgram.directory)/rce-jail"))
    techniques = Technique.safe(
      of: setup.speed.techniques, in: capabilities, with: PreparedShelf(setup.speed.prepared)
    ).map(\.rawValue).sorted()
    pools = [:]
    for (pool, size) in capabilities.namespaces.isEmpty ? [:] : setup.speed.pools { pools[pool.rawValue] = size }
    languages = [:]
    let probe = VersionProbe(setup.sandbox)
    for language in setup.toolchains.languages.languages.map(\.language) {
      languages[language.rawValue] = LanguageCheck(setup.toolchains[language], probe)
    }
  }
}

extension JSONEncoder {
  /// For people: one member a line, always in the same order.
  static var forPeople: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
