import Sandbox

/// The archive with what the platform itself runs in Java: the launcher that waits, and the compiler that stays.
///
/// It is compiled here, by the JDK that uses it, once for all executors.
final class JavaTools: Sendable {
  /// Where the archive is in a sandbox.
  static let path = "/prepared/rce-tools.jar"
  static let launcherClass = "rce.Launcher"
  static let compilerClass = "rce.Compiler"
  /// The virtual machine's flags for the launcher, which calls the JDK's own to start a class.
  static let launcherFlags = ["-Xbootclasspath/a:" + path, "--add-exports", "java.base/sun.launcher=ALL-UNNAMED"]

  private let file: PreparedFile
  private let store: PreparedFileStore
  private let sandbox: Sandbox

  /// The tools for a JDK; nil where it has no compiler.
  init?(_ toolchain: Toolchain, _ store: PreparedFileStore, in sandbox: Sandbox) {
    guard let file = Self.file(toolchain) else { return nil }
    self.file = file
    self.store = store
    self.sandbox = sandbox
  }

  /// Shows the archive, which is made first unless it is there.
  func mount() throws -> SandboxMount {
    SandboxMount(try store.make(file, in: sandbox), at: Self.path)
  }

  private static func file(_ toolchain: Toolchain) -> PreparedFile? {
    guard let compiler = toolchain.compiler, let runtime = toolchain.runtime else { return nil }
    let product = "rce-tools.jar"
    let exports = ["jdk.internal.vm.annotation", "sun.launcher"].map { "--add-exports java.base/\($0)=ALL-UNNAMED" }
    // The paths come from the toolchain's search; as arguments they are not read by the shell.
    let script = """
      set -e
      mkdir -p /tmp/classes/rce
      "$1" \(exports.joined(separator: " ")) -proc:none -encoding UTF-8 -d /tmp/classes *.java
      cp sample /tmp/classes/rce/sample
      "$2" --create --file "$3" -C /tmp/classes .
      """
    let sources = [
      ("Launcher.java", JavaToolSources.launcher), ("Rehearsal.java", JavaToolSources.rehearsal),
      ("Compiler.java", JavaToolSources.compiler), ("sample", ClassDataArchive.sample),
    ]
    let request = SandboxRequest(
      ["/bin/sh", "-c", script, "sh", compiler, compiler.droppingLastComponent + "/jar"]
        + ["\(Recipe.productPath)/\(product)"],
      files: sources.map { SandboxFile("/box/" + $0.0, Array($0.1.utf8)) }, mounts: toolchain.mounts,
      environment: RecipeBuilder.environment, limits: .preparation)
    return PreparedFile(.prewarm, product: product, sources: [compiler, runtime], request: request)
  }
}
