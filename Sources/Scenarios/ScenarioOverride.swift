/// A value that replaces one of the file: `arrivals.phases[0].rate=10/s`.
///
/// A list's item is named by its position from 0 or by its `name`: `mix[py-hello].weight=3`.
package struct ScenarioOverride: Sendable {
  enum Step: Equatable {
    case key(String)
    case item(String)
  }

  private let steps: [Step]
  private let value: ScenarioNode
  private let place: ScenarioPlace

  /// Reads `key=value` as `--set` takes it; the value is YAML.
  package init(argument: String) throws(ScenarioError) {
    // Only the path: the value may be a secret.
    let place = ScenarioPlace.override(String(argument.prefix { $0 != "=" }))
    guard let equals = argument.firstIndex(of: "="), let steps = Self.steps(argument[..<equals]) else {
      throw ScenarioError([
        ScenarioProblem(place: place, what: "is not key=value", hint: "for example arrivals.phases[0].rate=10/s")
      ])
    }
    try self.init(steps: steps, value: String(argument[argument.index(after: equals)...]), place: place)
  }

  private init(steps: [Step], value: String, place: ScenarioPlace) throws(ScenarioError) {
    self.steps = steps
    self.place = place
    self.value =
      value.isEmpty
      ? ScenarioNode(.text(ScenarioText("", isPlain: true)), at: place)
      : try ScenarioNode(yaml: value) { _, _ in place }
  }

  /// `RCE_BENCH_SEED` sets `seed`, `RCE_BENCH_LIMITS__DRAIN` sets `limits.drain`; `__` stands for the dot.
  ///
  /// Variables whose first part is not a key of a scenario are left to others.
  package static func fromEnvironment(_ environment: [String: String]) throws(ScenarioError) -> [Self] {
    var changes: [Self] = []
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("RCE_BENCH_") {
      let path = name.dropFirst("RCE_BENCH_".count).lowercased().replacing("__", with: ".")
      guard let steps = steps(path[...]), case .key(let first) = steps.first, KeyTable.scenario.names.contains(first)
      else {
        continue
      }
      changes.append(try Self(steps: steps, value: value, place: .environment(name)))
    }
    return changes
  }

  private static func steps(_ path: Substring) -> [Step]? {
    var steps: [Step] = []
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard let key = pieces.first, !key.isEmpty else { return nil }
      steps.append(.key(String(key)))
      for item in pieces.dropFirst() {
        guard item.last == "]", item.count > 1 else { return nil }
        steps.append(.item(String(item.dropLast())))
      }
    }
    return steps
  }

  /// Puts the value in its place; a key that is not there yet is added, and checked with all others later.
  package func apply(to root: inout ScenarioNode) throws(ScenarioError) {
    do {
      try replace(in: &root, steps[...])
    } catch {
      throw ScenarioError([error])
    }
  }

  private func replace(in node: inout ScenarioNode, _ steps: ArraySlice<Step>) throws(ScenarioProblem) {
    guard let step = steps.first else {
      node = value
      return
    }
    switch (step, node.content) {
    case (.key(let key), .mapping(var pairs)):
      let index = pairs.firstIndex { $0.key == key } ?? pairs.count
      if index == pairs.count {
        pairs.append(ScenarioPair(key, at: place, ScenarioNode(.mapping([]), at: place)))
      }
      try replace(in: &pairs[index].value, steps.dropFirst())
      node.content = .mapping(pairs)
    case (.item(let item), .list(var items)):
      guard let index = Self.position(of: item, in: items) else {
        throw problem("there is no item [\(item)], the list has \(items.count)")
      }
      try replace(in: &items[index], steps.dropFirst())
      node.content = .list(items)
    case (.key(let key), _): throw problem("'\(key)' has no place: what is there is \(node.kind), not a mapping")
    case (.item(let item), _): throw problem("[\(item)] has no place: what is there is \(node.kind), not a list")
    }
  }

  private static func position(of item: String, in items: [ScenarioNode]) -> Int? {
    if let index = Int(item) { return items.indices.contains(index) ? index : nil }
    return items.firstIndex {
      if case .text(let name) = $0["name"]?.content { name.value == item } else { false }
    }
  }

  private func problem(_ what: String) -> ScenarioProblem {
    ScenarioProblem(place: place, what: what, hint: "items are named by position from 0 or by their name")
  }
}
