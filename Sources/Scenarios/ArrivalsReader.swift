/// Reads `arrivals`: the process, and the phases whose legal keys it and their kind decide.
struct ArrivalsReader {
  let mix: [WeighedEntry]
  let problems: ProblemCollector

  func arrivals(_ node: ScenarioNode) -> (process: ArrivalProcess, phases: [Phase])? {
    guard let fields = StrictMapping(node, "arrivals", problems) else { return nil }
    fields.allow(["process", "phases"])
    let process = fields.required("process") { node throws(ScenarioProblem) in try Self.process(node) }
    let items = fields.required("phases") { node throws(ScenarioProblem) in try node.items() }
    guard let process, let items else { return nil }
    let phases = items.compactMap { phase($0, process) }
    var seen: Set<String> = []
    for (item, phase) in zip(items, phases) where !seen.insert(phase.name).inserted {
      problems.add("name: '\(phase.name)' is used by two phases", at: item.place)
    }
    return (process, phases)
  }

  private static func process(_ node: ScenarioNode) throws(ScenarioProblem) -> ArrivalProcess {
    if case .text(let text) = node.content, text.value == "replay" {
      throw node.problem("process 'replay' is not supported", "supported processes are uniform, poisson and closed")
    }
    return try node.choice()
  }

  private func phase(_ node: ScenarioNode, _ process: ArrivalProcess) -> Phase? {
    guard let fields = StrictMapping(node, "a phase", problems) else { return nil }
    let name = fields.required("name") { node throws(ScenarioProblem) in try ScenarioReader.name(node) }
    let selection = PhaseMixReader(mix: mix, problems: problems).selection(fields, process)
    guard let load = load(fields, process, selection) else { return nil }
    let recorded = fields.optional("record") { node throws(ScenarioProblem) in try node.truth() }
    let steady = fields.optional("require_steady") { node throws(ScenarioProblem) in try node.truth() }
    guard let name, let selection else { return nil }
    return Phase(
      name: name, load: load, selection: selection, recorded: recorded ?? true, requiresSteadyState: steady ?? false)
  }

  private static let commonKeys = ["name", "kind", "record", "require_steady", "mix"]
  private static let laterKinds: Set<String> = [
    "stairs", "spike", "burst", "sine", "pause", "search", "profile",
  ]

  private func load(_ fields: StrictMapping, _ process: ArrivalProcess, _ selection: MixSelection?) -> PhaseLoad? {
    // A closed phase has but one shape, so that its kind may be left out.
    let kind =
      process == .closed && !fields.has("kind")
      ? "constant" : fields.required("kind") { node throws(ScenarioProblem) in try Self.kind(node, process) }
    switch (kind, process) {
    case (nil, _): return nil
    case (_, .closed): return closed(fields, selection)
    case ("ramp", _): return ramp(fields)
    default: return constant(fields)
    }
  }

  private static func kind(_ node: ScenarioNode, _ process: ArrivalProcess) throws(ScenarioProblem) -> String {
    let kind = try node.text()
    let supported = process == .closed ? ["constant"] : ["constant", "ramp"]
    if supported.contains(kind) { return kind }
    let list = supported.count == 1 ? "kind is constant" : "kinds are constant and ramp"
    if kind == "ramp" {
      throw node.problem("a closed process has no ramp", "the supported \(list), with concurrency")
    }
    if laterKinds.contains(kind) { throw node.problem("kind '\(kind)' is not supported", "supported \(list)") }
    throw node.problem("unknown kind '\(kind)'", suggestion(for: kind, among: supported) ?? "supported \(list)")
  }

  private func constant(_ fields: StrictMapping) -> PhaseLoad? {
    fields.allow(Self.commonKeys + ["rate", "for"])
    let rate = fields.required("rate") { node throws(ScenarioProblem) in try node.rate() }
    let duration = fields.required("for") { node throws(ScenarioProblem) in try node.duration() }
    guard let rate, let duration else { return nil }
    return .constant(rate: rate, for: duration)
  }

  private func ramp(_ fields: StrictMapping) -> PhaseLoad? {
    fields.allow(Self.commonKeys + ["from", "to", "for"])
    let from = fields.required("from") { node throws(ScenarioProblem) in try node.anyRate() }
    let to = fields.required("to") { node throws(ScenarioProblem) in try node.anyRate() }
    let duration = fields.required("for") { node throws(ScenarioProblem) in try node.duration() }
    guard let from, let to, let duration else { return nil }
    if from == 0, to == 0 { problems.add("a ramp from 0 to 0 sends nothing", at: fields.node.place) }
    return .ramp(from: from, to: to, for: duration)
  }

  private func closed(_ fields: StrictMapping, _ selection: MixSelection?) -> PhaseLoad? {
    fields.allow(Self.commonKeys + ["concurrency", "for", "jobs", "repeat"])
    let concurrency = fields.required("concurrency") { node throws(ScenarioProblem) in try node.count(in: 1...10_000) }
    let ends = ["for", "jobs", "repeat"].filter(fields.has)
    guard ends.count == 1 else {
      problems.add(
        ends.isEmpty ? "a closed phase needs an end" : "a closed phase has one end, not \(ends.count)",
        at: fields.node.place,
        hint: "write one of 'for: 30s', 'jobs: 100', or 'repeat: 3' for so many passes over the mix")
      return nil
    }
    guard let concurrency, let end = end(fields, ends[0], selection) else { return nil }
    return .closed(concurrency: concurrency, until: end)
  }

  private func end(_ fields: StrictMapping, _ key: String, _ selection: MixSelection?) -> ClosedEnd? {
    if key == "for" {
      return fields.optional(key) { node throws(ScenarioProblem) in .duration(try node.duration()) }
    }
    guard let count = fields.optional(key, { node throws(ScenarioProblem) in try node.count(in: 1...1_000_000_000) })
    else { return nil }
    if key == "jobs" { return .jobs(count) }
    guard case .inOrder(let pass) = selection else {
      if selection != nil {
        problems.add(
          "'repeat' needs a mix with an order", at: fields.place(of: key),
          hint: "name the entries: mix: [first, second]")
      }
      return nil
    }
    return .jobs(count * pass.count)
  }
}
