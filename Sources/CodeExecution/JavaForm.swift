import Jobs
import Sandbox

/// A Java virtual machine that has booted and waits before it loads the main class.
///
/// Its flags and its class path are those of a cold start; the launcher that waits comes with the boot class path, so
/// that neither the class path nor any stack trace shows it. Standard input stays the pipe that the frame came by.
struct JavaForm: WarmForm {
  let language = Language.java
  let needsProduct = true
  private let template: SandboxRequest
  private let facts: BootFacts
  private let tools: JavaTools

  /// The form of programs that start like this one; nil where that is no start of a class.
  init?(_ template: SandboxRequest, _ tools: JavaTools) {
    guard let main = Self.mainClass(template) else { return nil }
    self.template = template
    self.tools = tools
    facts = BootFacts(template, command: template.command[..<main])
  }

  /// The place of the main class: behind the class path.
  private static func mainClass(_ request: SandboxRequest) -> Int? {
    guard let path = request.command.firstIndex(of: "-cp"), path + 2 < request.command.count else { return nil }
    return path + 2
  }

  func request() throws -> SandboxRequest {
    var request = template
    let main = Self.mainClass(template) ?? 1
    request.command =
      [template.command[0]] + JavaTools.launcherFlags + template.command[1..<main] + [JavaTools.launcherClass]
    request.mounts = template.mounts.filter { $0.target != Recipe.productPath } + [try tools.mount()]
    request.files = []
    request.stdin = []
    request.limits = template.limits.booting()
    return request
  }

  func input(for program: SandboxRequest) -> [UInt8]? {
    guard let main = Self.mainClass(program), BootFacts(program, command: program.command[..<main]) == facts,
      program.hasOnlyPrivateFiles, program.hasSmallInput
    else { return nil }
    let name = Array(program.command[main].utf8)
    return Frame.fields([name] + program.fields(arguments: program.command[(main + 1)...])) + program.stdin
  }
}
