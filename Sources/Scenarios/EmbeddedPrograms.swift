import Jobs

/// Puts the text of every file that the mix names into the scenario itself, so that a stored one runs without its files.
enum EmbeddedPrograms {
  /// The tree with the program, the input and the files of each entry in place of their paths.
  static func embed(_ submissions: [String: Submission], in root: ScenarioNode) -> ScenarioNode {
    changed(root) { key, node in
      guard key == "mix", case .list(let items) = node.content else { return (key, node) }
      var mix = node
      mix.content = .list(
        items.map { item in
          guard case .text(let name)? = item["name"]?.content, let submission = submissions[name.written] else {
            return item
          }
          return embed(submission, in: item)
        })
      return (key, mix)
    }
  }

  private static func embed(_ submission: Submission, in entry: ScenarioNode) -> ScenarioNode {
    changed(entry) { key, node in
      switch key {
      case "program": ("code", text(submission.code, like: node))
      case "stdin": (key, stdin(submission.stdin, like: node))
      case "files": (key, files(submission.files ?? [], like: node))
      default: (key, node)
      }
    }
  }

  private static func stdin(_ input: StandardInput?, like node: ScenarioNode) -> ScenarioNode {
    switch input {
    case .one(let content): return mapping([("text", content)], like: node)
    case .each(let contents):
      var list = node
      list.content = .list(contents.map { mapping([("text", $0)], like: node) })
      return list
    case nil: return node
    }
  }

  private static func files(_ files: [SourceFile], like node: ScenarioNode) -> ScenarioNode {
    var list = node
    list.content = .list(files.map { mapping([("name", $0.name), ("text", $0.content)], like: node) })
    return list
  }

  private static func changed(
    _ node: ScenarioNode, _ change: (String, ScenarioNode) -> (String, ScenarioNode)
  ) -> ScenarioNode {
    guard case .mapping(var pairs) = node.content else { return node }
    for index in pairs.indices { (pairs[index].key, pairs[index].value) = change(pairs[index].key, pairs[index].value) }
    var node = node
    node.content = .mapping(pairs)
    return node
  }

  private static func mapping(_ pairs: [(key: String, text: String)], like node: ScenarioNode) -> ScenarioNode {
    var mapping = node
    mapping.content = .mapping(pairs.map { ScenarioPair($0.key, at: node.place, text($0.text, like: node)) })
    return mapping
  }

  private static func text(_ text: String, like node: ScenarioNode) -> ScenarioNode {
    var scalar = node
    scalar.content = .text(ScenarioText(text, isPlain: false))
    return scalar
  }
}
