/// Replaces `${NAME}` by the environment's value, everywhere but in `mix`, whose programs may hold it themselves.
struct VariableExpansion {
  private let environment: [String: String]

  init(_ environment: [String: String]) {
    self.environment = environment
  }

  func expand(_ root: ScenarioNode) throws(ScenarioError) -> ScenarioNode {
    let problems = ProblemCollector()
    let expanded = expand(root, problems, isRoot: true)
    try problems.check()
    return expanded
  }

  private func expand(_ node: ScenarioNode, _ problems: ProblemCollector, isRoot: Bool = false) -> ScenarioNode {
    var node = node
    switch node.content {
    case .text(var text):
      (text.value, text.substituted) = expand(text.written, at: node.place, problems)
      node.content = .text(text)
    case .list(let items): node.content = .list(items.map { expand($0, problems) })
    case .mapping(var pairs):
      for index in pairs.indices where !(isRoot && pairs[index].key == "mix") {
        pairs[index].value = expand(pairs[index].value, problems)
      }
      node.content = .mapping(pairs)
    }
    return node
  }

  private func expand(
    _ text: String, at place: ScenarioPlace, _ problems: ProblemCollector
  ) -> (text: String, substituted: [String]) {
    var result = ""
    var substituted: [String] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      result += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: "}"), Self.isName(rest[..<end]) else {
        problems.add("'${' is not followed by a NAME and '}'", at: place, hint: "write ${NAME}")
        return (text, [])
      }
      let name = String(rest[..<end])
      if let value = environment[name] {
        result += value
        substituted.append(value)
      } else {
        problems.add("the environment has no variable \(name)", at: place, hint: "set it: export \(name)=...")
      }
      rest = rest[rest.index(after: end)...]
    }
    return (result + rest, substituted)
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.first, first.isASCII, first.isLetter || first == "_" else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }
}
