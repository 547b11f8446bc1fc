/// Decides which entries a phase takes: those that its own `mix` names, or all of them.
///
/// `mix: [a, b]` takes these entries, in a closed phase in this order; `mix: { a: 3, b: 1 }` gives them new weights.
struct PhaseMixReader {
  let mix: [WeighedEntry]
  let problems: ProblemCollector

  func selection(_ fields: StrictMapping, _ process: ArrivalProcess) -> MixSelection? {
    guard fields.has("mix") else { return whole(process) }
    return fields.nested("mix") { node in
      switch node.content {
      case .list(let items) where !items.isEmpty: list(items, process)
      case .mapping(let pairs) where !pairs.isEmpty: weights(pairs)
      default: refuse(node)
      }
    }
  }

  private func refuse(_ node: ScenarioNode) -> MixSelection? {
    problems.add(
      "a phase's mix must name entries, got \(node.kind)", at: node.place, hint: "write [a, b] or { a: 3, b: 1 }")
    return nil
  }

  /// The whole mix: in order where nothing has a weight and the process is closed, otherwise by weight.
  private func whole(_ process: ArrivalProcess) -> MixSelection? {
    guard !mix.isEmpty else { return nil }
    if process == .closed, mix.allSatisfy({ $0.weight == nil }) {
      return .inOrder(mix.indices.flatMap { Array(repeating: $0, count: mix[$0].count ?? 1) })
    }
    return .shares(mix.indices.map(share))
  }

  private func list(_ items: [ScenarioNode], _ process: ArrivalProcess) -> MixSelection? {
    var entries: [Int] = []
    for item in items {
      guard let name = problems.collect({ () throws(ScenarioProblem) in try item.text() }),
        let entry = position(of: name, at: item.place)
      else { return nil }
      if process != .closed, entries.contains(entry) {
        problems.add("'\(name)' is named twice", at: item.place, hint: "give weights: { \(name): 2, ... }")
        return nil
      }
      entries.append(entry)
    }
    return process == .closed ? .inOrder(entries) : .shares(entries.map(share))
  }

  private func weights(_ pairs: [ScenarioPair]) -> MixSelection? {
    var shares: [MixShare] = []
    for pair in pairs {
      let weight = problems.collect { () throws(ScenarioProblem) in try pair.value.weight() }
      guard let entry = position(of: pair.key, at: pair.keyPlace), let weight else { return nil }
      shares.append(MixShare(entry: entry, weight: weight))
    }
    return .shares(shares)
  }

  private func share(_ entry: Int) -> MixShare {
    MixShare(entry: entry, weight: mix[entry].weight ?? Double(mix[entry].count ?? 1))
  }

  private func position(of name: String, at place: ScenarioPlace) -> Int? {
    if let entry = mix.firstIndex(where: { $0.entry.name == name }) { return entry }
    let names = mix.map(\.entry.name)
    // Where the mix itself could not be read, its own problems say enough.
    if !names.isEmpty {
      problems.add(
        "there is no entry '\(name)' in the mix", at: place,
        hint: suggestion(for: name, among: names) ?? "there is \(names.joined(separator: ", "))")
    }
    return nil
  }
}
