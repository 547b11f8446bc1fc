import Glibc
import HostSystem

/// Puts the files that a scenario includes under its own keys.
///
/// Later files replace earlier ones and the scenario's own keys replace both; mappings are merged key by key, `mix` and
/// `phases` item by item by their names, and every other list is replaced as a whole.
struct ScenarioInclusion {
  private let environment: [String: String]
  private var read = 0

  init(_ environment: [String: String]) {
    self.environment = environment
  }

  /// Files that one scenario may include in all, so that files that include each other twice end.
  private static let most = 64

  /// The tree of a file with everything that it includes; `chain` holds the files that led here.
  mutating func resolve(
    _ root: ScenarioNode, in directory: String, chain: [String]
  ) throws(ScenarioError) -> ScenarioNode {
    guard case .mapping(var pairs) = root.content, let index = pairs.firstIndex(where: { $0.key == "include" }) else {
      return root
    }
    let included = try names(pairs.remove(at: index).value)
    var base: ScenarioNode?
    for (name, place) in included {
      let next = try file(name, in: directory, at: place, chain)
      base = base.map { Self.merged(next, over: $0) } ?? next
    }
    let own = ScenarioNode(.mapping(pairs), at: root.place)
    return base.map { Self.merged(own, over: $0) } ?? own
  }

  private func names(_ node: ScenarioNode) throws(ScenarioError) -> [(String, ScenarioPlace)] {
    let node = try VariableExpansion(environment).expand(node)
    do {
      if case .text = node.content { return [(try node.text(), node.place)] }
      var names: [(String, ScenarioPlace)] = []
      for item in try node.items() { names.append((try item.text(), item.place)) }
      return names
    } catch {
      throw ScenarioError([
        ScenarioProblem(place: error.place, what: "include: \(error.what)", hint: "write a file's path, or a list")
      ])
    }
  }

  private mutating func file(
    _ name: String, in directory: String, at place: ScenarioPlace, _ chain: [String]
  ) throws(ScenarioError) -> ScenarioNode {
    func refusal(_ what: String, _ hint: String?) -> ScenarioError {
      ScenarioError([ScenarioProblem(place: place, what: "include: \(what)", hint: hint)])
    }
    let path = SourceText.path(name, in: directory)
    let identity = Self.identity(path)
    if let start = chain.firstIndex(where: { Self.identity($0) == identity }) {
      throw refusal(
        "'\(name)' includes itself: \((chain[start...] + [path]).joined(separator: " -> "))", "take one of them out")
    }
    read += 1
    guard read <= Self.most else { throw refusal("more than \(Self.most) files", "include fewer") }
    let text: String
    do {
      text = try SourceText.read(
        name, in: directory, limit: SourceText.scenarioLimit, for: ScenarioNode(.list([]), at: place),
        whose: "the including file's")
    } catch {
      throw refusal(error.what, error.hint)
    }
    let root = try ScenarioNode(yaml: text) { .file(path, line: $0, column: $1) }
    guard case .mapping = root.content else {
      throw refusal("'\(name)' is not a mapping of keys and values, it is \(root.kind)", nil)
    }
    let folder = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
    let whole = try resolve(root, in: SourceText.path(folder, in: directory), chain: chain + [path])
    return folder.isEmpty ? whole : IncludedPaths(folder).moved(whole)
  }

  /// One name for a file, however it is reached.
  private static func identity(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  // MARK: Merging

  private static func merged(_ own: ScenarioNode, over base: ScenarioNode, key: String = "") -> ScenarioNode {
    switch (own.content, base.content) {
    case (.mapping(let pairs), .mapping(var result)):
      // Another kind of phase, and code in place of a program, leave nothing of what they replace.
      if key == "phases", let kind = own["kind"], kind.content != base["kind"]?.content { return own }
      if own["code"] != nil { result.removeAll { $0.key == "program" } }
      if own["program"] != nil { result.removeAll { $0.key == "code" } }
      for pair in pairs {
        if let index = result.firstIndex(where: { $0.key == pair.key }) {
          result[index] = ScenarioPair(
            pair.key, at: pair.keyPlace, merged(pair.value, over: result[index].value, key: pair.key))
        } else {
          result.append(pair)
        }
      }
      return ScenarioNode(.mapping(result), at: own.place)
    case (.list(let items), .list(var result)) where key == "mix" || key == "phases":
      for item in items {
        if let name = item["name"], let index = result.firstIndex(where: { $0["name"]?.content == name.content }) {
          result[index] = merged(item, over: result[index], key: key)
        } else {
          result.append(item)
        }
      }
      return ScenarioNode(.list(result), at: own.place)
    default: return own
    }
  }
}

/// Paths of an included file, which count from its own folder, as seen from the including one.
private struct IncludedPaths {
  private let folder: String

  init(_ folder: String) {
    self.folder = folder
  }

  /// Where a scenario names files; `*` is every item of a list.
  private static let places = [
    ["mix", "*", "program"], ["mix", "*", "stdin"], ["mix", "*", "stdin", "*"], ["mix", "*", "files", "*", "file"],
    ["arrivals", "phases", "*", "file"],
  ]

  func moved(_ root: ScenarioNode) -> ScenarioNode {
    Self.places.reduce(root) { move($0, $1[...]) }
  }

  private func move(_ node: ScenarioNode, _ steps: ArraySlice<String>) -> ScenarioNode {
    var node = node
    switch (steps.first, node.content) {
    case (nil, .text(var text)) where !text.value.hasPrefix("/") && !text.value.hasPrefix("${") && !text.isNull:
      text.value = folder + text.value
      text.written = folder + text.written
      node.content = .text(text)
    case ("*"?, .list(let items)): node.content = .list(items.map { move($0, steps.dropFirst()) })
    case (let key?, .mapping(var pairs)):
      for index in pairs.indices where pairs[index].key == key {
        pairs[index].value = move(pairs[index].value, steps.dropFirst())
      }
      node.content = .mapping(pairs)
    default: break
    }
    return node
  }
}
