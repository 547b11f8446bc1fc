import HostSystem

/// Files that a scenario is made of, read within bounds: a wrong path must not fill the memory.
enum SourceText {
  /// Bytes of a scenario file.
  static let scenarioLimit = 4 << 20
  /// Bytes of a program or of its input.
  static let programLimit = 16 << 20
  /// Bytes of a recorded trace.
  static let traceLimit = 256 << 20

  /// A path that counts from a folder.
  static func path(_ name: String, in directory: String) -> String {
    name.hasPrefix("/") ? name : directory + name
  }

  /// The text of a file that a part of the scenario names.
  static func read(
    _ name: String, in directory: String, limit: Int, for node: ScenarioNode, whose owner: String = "the scenario's",
    hint: String = ""
  ) throws(ScenarioProblem) -> String {
    let bytes: [UInt8]
    do {
      bytes = try FileDescriptor.open(path(name, in: directory), 0).readAll(upTo: limit + 1)
    } catch {
      throw node.problem("cannot read '\(name)': \(error)", "paths count from \(owner) folder\(hint)")
    }
    guard bytes.count <= limit else { throw node.problem("'\(name)' is larger than \(limit >> 20) MiB") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw node.problem("'\(name)' is not UTF-8 text")
    }
    return text
  }
}
