import HostSystem
import Jobs

/// A scenario's text with where it came from, before it is checked.
///
/// Later sources replace earlier ones: the file, then the environment's `RCE_BENCH_*`, then `--set`.
public struct ScenarioDocument: Sendable {
  /// The whole tree, every source applied and every `${NAME}` replaced.
  package private(set) var root: ScenarioNode
  /// Where programs are looked for that are named by relative paths.
  package let directory: String

  /// Reads a scenario file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - environment: what `${NAME}` and `RCE_BENCH_*` are read from.
  ///   - overrides: `key=value` as given to `--set`, in order.
  public init(
    path: String, environment: [String: String] = [:], overrides: [String] = []
  ) throws(ScenarioError) {
    let bytes: [UInt8]
    do {
      bytes = try FileDescriptor.open(path, 0).readAll()
    } catch {
      throw ScenarioError([
        ScenarioProblem(
          place: .file(path, line: 1, column: 1), what: "cannot read the scenario: \(error)",
          hint: "give the path of a YAML file")
      ])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ScenarioError([
        ScenarioProblem(place: .file(path, line: 1, column: 1), what: "the scenario is not UTF-8 text", hint: nil)
      ])
    }
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) + "/" } ?? ""
    try self.init(text: text, name: path, directory: directory, environment: environment, overrides: overrides)
  }

  /// Takes a scenario's text; `name` is what its problems are reported under.
  package init(
    text: String, name: String, directory: String = "", environment: [String: String] = [:],
    overrides: [String] = []
  ) throws(ScenarioError) {
    self.directory = directory
    root = try ScenarioNode(yaml: text) { .file(name, line: $0, column: $1) }
    for change in try ScenarioOverride.fromEnvironment(environment) { try change.apply(to: &root) }
    for argument in overrides { try ScenarioOverride(argument: argument).apply(to: &root) }
    root = try VariableExpansion(environment).expand(root)
  }

  mutating func embed(_ submissions: [String: Submission]) {
    root = EmbeddedPrograms.embed(submissions, in: root)
  }

  /// The scenario as it is run, as YAML with its secrets redacted.
  public var effectiveYAML: String { SecretRedaction.redact(root).yaml }
}
