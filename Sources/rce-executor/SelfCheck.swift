import CodeExecution
import FoundationEssentials
import HostSystem
import Jobs
import Sandbox

/// What this machine offers, for people and for scripts.
struct SelfCheck: Encodable {
  struct LanguageCheck: Encodable {
    var compiler: String?
    var runtime: String?
    var problem: String?
  }

  var sandbox: SandboxReport
  var controlGroupProblem: String?
  var nestedNamespacesForbidden: Bool
  var hostUser: UInt32
  var kernel: KernelFacts?
  var languages: [String: LanguageCheck]

  init(_ setup: ExecutorSetup) {
    let capabilities = setup.sandbox.capabilities
    sandbox = setup.sandbox.report
    controlGroupProblem = capabilities.controlGroupReason
    nestedNamespacesForbidden = capabilities.disablesUserNamespaces
    hostUser = capabilities.hostUser
    kernel = capabilities.facts ?? (try? KernelFacts.probe(by: "\(OwnProgram.directory)/rce-jail"))
    languages = [:]
    for language in Language.allCases {
      languages[language.rawValue] =
        switch setup.toolchains[language] {
        case .success(let toolchain): LanguageCheck(compiler: toolchain.compiler, runtime: toolchain.runtime)
        case .failure(let error): LanguageCheck(problem: error.description)
        }
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
