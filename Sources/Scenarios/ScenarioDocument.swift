import HostSystem
import Jobs

/// A scenario's text with where it came from, before it is checked.
///
/// Later sources replace earlier ones: what the file includes, the file, then the environment's `RCE_BENCH_*`, then `--set`.
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
    let text: String
    do {
      text = try SourceText.read(
        path, in: "", limit: SourceText.scenarioLimit,
        for: ScenarioNode(.list([]), at: .file(path, line: 1, column: 1)))
    } catch {
      throw ScenarioError([
        ScenarioProblem(place: error.place, what: error.what, hint: "give the path of a YAML file")
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
    var inclusion = ScenarioInclusion(environment)
    root = try inclusion.resolve(
      ScenarioNode(yaml: text) { .file(name, line: $0, column: $1) }, in: directory, chain: [name])
    // Before the overrides, which reach into it, and after them, which may name another.
    root = try TargetProfileFile(directory: directory).inlined(root)
    for change in try ScenarioOverride.fromEnvironment(environment) { try change.apply(to: &root) }
    for argument in overrides { try ScenarioOverride(argument: argument).apply(to: &root) }
    root = try TargetProfileFile(directory: directory).inlined(root)
    root = try VariableExpansion(environment).expand(root)
  }

  /// Gives a key of the scenario another value.
  mutating func set(_ key: String, _ value: ScenarioNode) {
    guard case .mapping(let pairs) = root.content else { return }
    root.content = .mapping(pairs.filter { $0.key != key } + [ScenarioPair(key, at: value.place, value)])
  }

  mutating func embed(_ submissions: [String: Submission]) {
    root = EmbeddedPrograms.embed(submissions, in: root)
  }

  /// The scenario as it is run, as YAML with its secrets redacted.
  public var effectiveYAML: String { SecretRedaction.redact(root).yaml }
}
