package import Sandbox

/// What makes the compiler of one program faster: which techniques, and how the command says so.
package struct CompilerAids: Sendable {
  /// The techniques in use, as a result names them.
  package var techniques: [Technique] = []
  /// Arguments for the compiler.
  package var arguments: [String] = []
  /// What it must see of the host.
  package var mounts: [SandboxMount] = []

  /// Files that it must find.
  package var files: [SandboxFile] = []

  /// No aid: the compiler as it is.
  package init() {}

  /// Adds a technique.
  mutating func add(
    _ technique: Technique, _ arguments: [String], _ mounts: [SandboxMount] = [], _ files: [SandboxFile] = []
  ) {
    techniques.append(technique)
    self.arguments += arguments
    self.mounts += mounts
    self.files += files
  }
}
