/// Collects what is wrong, so that one reading finds it all.
final class ProblemCollector {
  private(set) var problems: [ScenarioProblem] = []

  func add(_ problem: ScenarioProblem) {
    problems.append(problem)
  }

  func add(_ what: String, at place: ScenarioPlace, hint: String? = nil) {
    add(ScenarioProblem(place: place, what: what, hint: hint))
  }

  /// Runs a reading and notes its problem, in which case there is no value.
  func collect<Value>(_ read: () throws(ScenarioProblem) -> Value) -> Value? {
    do {
      return try read()
    } catch {
      add(error)
      return nil
    }
  }

  /// Throws what was noted, in the order of the file.
  func check() throws(ScenarioError) {
    if !problems.isEmpty { throw error }
  }

  /// What was noted, in the order of the file; what was not written there comes first.
  var error: ScenarioError {
    ScenarioError(problems.sorted { $0.place.position < $1.place.position })
  }
}

/// A mapping of which every key must be known.
struct StrictMapping {
  /// The mapping itself, for problems that concern it as a whole.
  let node: ScenarioNode
  private let owner: String
  private let pairs: [ScenarioPair]
  private let problems: ProblemCollector

  /// Takes a part that must be a mapping; `owner` names it in sentences, for example "a phase".
  init?(_ node: ScenarioNode, _ owner: String, _ problems: ProblemCollector) {
    guard case .mapping(let pairs) = node.content else {
      problems.add("\(owner) must be a mapping of keys and values, got \(node.kind)", at: node.place)
      return nil
    }
    self.node = node
    self.owner = owner
    self.pairs = pairs
    self.problems = problems
  }

  /// Notes every key that is not one of these.
  func allow(_ keys: [String], hint: (String) -> String? = { _ in nil }) {
    for pair in pairs where !keys.contains(pair.key) {
      problems.add(
        "unknown key '\(pair.key)' in \(owner)", at: pair.keyPlace,
        hint: hint(pair.key) ?? suggestion(for: pair.key, among: keys)
          ?? "known keys are \(keys.joined(separator: ", "))")
    }
  }

  /// Notes every key that is not in the table.
  func allow(_ table: KeyTable) { allow(table.names) }

  /// The one of these keys that is there; none or several are a problem.
  func exactlyOne(of keys: [String], _ owner: String, hint: String) -> String? {
    let present = keys.filter(has)
    if present.count == 1 { return present[0] }
    let names = keys.dropLast().map { "'\($0)'" }.joined(separator: ", ") + " or '\(keys[keys.count - 1])'"
    problems.add(
      present.isEmpty ? "\(owner) needs one of \(names)" : "\(owner) takes one of \(names), not \(present.count)",
      at: node.place, hint: hint)
    return nil
  }

  /// Whether the key is there at all.
  func has(_ key: String) -> Bool { node[key] != nil }

  /// Where the key is written, or the mapping where it is not.
  func place(of key: String) -> ScenarioPlace {
    pairs.first { $0.key == key }?.keyPlace ?? node.place
  }

  /// The value of a key that may be left out.
  func optional<Value>(_ key: String, _ read: (ScenarioNode) throws(ScenarioProblem) -> Value) -> Value? {
    guard let value = node[key] else { return nil }
    do {
      return try read(value)
    } catch {
      problems.add(ScenarioProblem(place: error.place, what: "\(key): \(error.what)", hint: error.hint))
      return nil
    }
  }

  /// The value of a key that must be there.
  func required<Value>(_ key: String, _ read: (ScenarioNode) throws(ScenarioProblem) -> Value) -> Value? {
    guard has(key) else {
      problems.add("\(owner) needs the key '\(key)'", at: node.place)
      return nil
    }
    return optional(key, read)
  }

  /// A part that is a mapping of its own, read by a function that notes problems itself.
  func nested<Value>(_ key: String, _ read: (ScenarioNode) -> Value?) -> Value? {
    node[key].flatMap(read)
  }
}
