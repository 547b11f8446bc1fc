public import Jobs
import HostSystem
public import Sandbox

/// Asks the programs of a language for their versions, in the sandbox, as a job would start them.
public struct VersionProbe: Sendable {
  private let sandbox: Sandbox

  /// A probe that starts programs in this sandbox.
  public init(_ sandbox: Sandbox) {
    self.sandbox = sandbox
  }

  /// What the toolchain's programs tell; a program that does not tell its version in time has none.
  public func status(of toolchain: Toolchain) -> LanguageStatus {
    LanguageStatus(
      compiler: version(of: toolchain.language.compiler, at: toolchain.compiler, toolchain),
      runtime: version(of: toolchain.language.runtime, at: toolchain.runtime, toolchain))
  }

  private func version(of tool: ToolProgram?, at path: String?, _ toolchain: Toolchain) -> String? {
    guard let path, let question = tool?.version else { return nil }
    let request = SandboxRequest(
      [path] + question.arguments, mounts: toolchain.mounts, environment: RecipeBuilder.environment, limits: Self.limits
    )
    guard let outcome = try? sandbox.run(request), outcome.end == .exited(0) else { return nil }
    return question.version(in: String(decoding: outcome.stdout + outcome.stderr, as: UTF8.self))
  }

  private static let limits = SandboxLimits(
    wall: .seconds(5), cpu: .seconds(5), memoryBytes: 256 << 20, outputBytes: 16 << 10, processes: 64,
    fileBytes: 1 << 20)
}
