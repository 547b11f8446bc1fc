import Yams

extension ScenarioNode {
  /// Reads YAML; anchors, aliases and comments are gone afterwards.
  package init(
    yaml: String, at place: @escaping (_ line: Int, _ column: Int) -> ScenarioPlace
  ) throws(ScenarioError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      throw ScenarioError([error.problem(at: place)])
    } catch {
      throw ScenarioError([ScenarioProblem(place: place(1, 1), what: "cannot be read as YAML: \(error)", hint: nil)])
    }
    guard let root else {
      throw ScenarioError([ScenarioProblem(place: place(1, 1), what: "the scenario is empty", hint: nil)])
    }
    var conversion = YAMLConversion(place: place)
    self = try conversion.convert(root)
  }

  /// The part as YAML, everything as it was written.
  package var yaml: String {
    // Serialising what this module has built itself cannot fail for a reason that a reader could mend.
    (try? Yams.serialize(node: yamlNode, indent: 2, width: -1, allowUnicode: true)) ?? ""
  }

  private var yamlNode: Node {
    switch content {
    case .text(let text):
      let style: Node.Scalar.Style =
        text.written.contains("\n") ? .literal : text.isPlain ? .plain : .doubleQuoted
      return .scalar(.init(text.written, .implicit, style))
    case .list(let items): return .sequence(.init(items.map(\.yamlNode), .implicit, .block))
    case .mapping(let pairs):
      return .mapping(.init(pairs.map { (.scalar(.init($0.key)), $0.value.yamlNode) }, .implicit, .block))
    }
  }
}

/// Turns the library's tree into ours, within a size that aliases of aliases cannot blow up.
private struct YAMLConversion {
  let place: (_ line: Int, _ column: Int) -> ScenarioPlace
  private var count = 0

  init(place: @escaping (_ line: Int, _ column: Int) -> ScenarioPlace) {
    self.place = place
  }

  mutating func convert(_ node: Node) throws(ScenarioError) -> ScenarioNode {
    let here = place(of: node)
    count += 1
    guard count <= 100_000 else {
      throw ScenarioError([
        ScenarioProblem(place: here, what: "the scenario has more than 100000 values", hint: "use fewer aliases")
      ])
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return ScenarioNode(.text(ScenarioText(scalar.string, isPlain: isPlain)), at: here)
    case .sequence(let sequence):
      var items: [ScenarioNode] = []
      for item in sequence { items.append(try convert(item)) }
      return ScenarioNode(.list(items), at: here)
    case .mapping(let mapping):
      var pairs: [ScenarioPair] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw ScenarioError([
            ScenarioProblem(place: place(of: key), what: "a key must be a word", hint: "lists cannot be keys")
          ])
        }
        pairs.append(ScenarioPair(name.string, at: place(of: key), try convert(value)))
      }
      return ScenarioNode(.mapping(pairs), at: here)
    case .alias(let alias):
      throw ScenarioError([
        ScenarioProblem(place: here, what: "alias '\(alias.anchor.rawValue)' is not defined", hint: nil)
      ])
    }
  }

  private func place(of node: Node) -> ScenarioPlace {
    place(node.mark?.line ?? 1, node.mark?.column ?? 1)
  }
}

extension YamlError {
  fileprivate func problem(at place: (Int, Int) -> ScenarioPlace) -> ScenarioProblem {
    switch self {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ScenarioProblem(
        place: place(mark.line, mark.column), what: problem, hint: "this is a mistake in the YAML itself")
    case .duplicatedKeysInMapping(let duplicates, let context):
      ScenarioProblem(
        place: place(context.mark.line, context.mark.column),
        what: "the key '\(duplicates.first ?? "")' is written twice in this mapping", hint: "remove one of them")
    default:
      ScenarioProblem(place: place(1, 1), what: "cannot be read as YAML: \(self)", hint: nil)
    }
  }
}
