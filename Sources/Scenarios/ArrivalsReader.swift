/// Reads `arrivals`: the process, and the phases whose legal keys it and their kind decide.
struct ArrivalsReader {
  let mix: [WeighedEntry]
  let directory: String
  let problems: ProblemCollector

  /// Jobs that a scenario may schedule; more are a mistake, and would take long to count.
  static let mostJobs = 100_000_000

  func arrivals(_ node: ScenarioNode) -> (process: ArrivalProcess, phases: [Phase])? {
    guard let fields = StrictMapping(node, "arrivals", problems) else { return nil }
    fields.allow(.arrivals)
    let process = fields.required("process") { node throws(ScenarioProblem) in try node.choice(ArrivalProcess.self) }
    let items = fields.required("phases") { node throws(ScenarioProblem) in try node.items() }
    guard let process, let items else { return nil }
    let phases = items.compactMap { item in phase(item, process).map { (item, $0) } }
    var seen: Set<String> = []
    for (item, phase) in phases where !seen.insert(phase.name).inserted {
      problems.add("name: '\(phase.name)' is used by two phases", at: item.place)
    }
    checkSize(phases)
    checkSearch(phases)
    return (process, phases.map(\.1))
  }

  private func phase(_ node: ScenarioNode, _ process: ArrivalProcess) -> Phase? {
    guard let fields = StrictMapping(node, "a phase", problems) else { return nil }
    let name = fields.required("name") { node throws(ScenarioProblem) in try ScenarioReader.name(node) }
    let kind = kind(fields, process)
    guard let kind, let table = KeyTable.phase(kind, process) else { return nil }
    allow(table, fields, kind, process)
    let recorded = fields.optional("record") { node throws(ScenarioProblem) in try node.truth() }
    let steady = fields.optional("require_steady") { node throws(ScenarioProblem) in try node.truth() }
    let fault = fields.nested("fault", FaultReader(problems: problems).fault)
    guard let (load, selection) = content(fields, kind, process), let name else { return nil }
    return Phase(
      name: name, load: load, selection: selection, recorded: recorded ?? true, requiresSteadyState: steady ?? false,
      fault: fault)
  }

  private func content(
    _ fields: StrictMapping, _ kind: PhaseKind, _ process: ArrivalProcess
  ) -> (PhaseLoad, MixSelection)? {
    if kind == .replay {
      return ReplayReader(mix: mix.map(\.entry.name), directory: directory, problems: problems).load(fields)
    }
    let selection = PhaseMixReader(mix: mix, problems: problems).selection(fields, process)
    let load =
      switch (kind, process) {
      case (.constant, .closed): ClosedPhaseReader(problems: problems).load(fields, selection)
      default: OpenPhaseReader(process: process, problems: problems).load(fields, kind)
      }
    guard let load, let selection else { return nil }
    return (load, selection)
  }

  // MARK: Kinds

  private func kind(_ fields: StrictMapping, _ process: ArrivalProcess) -> PhaseKind? {
    // A closed phase and a replay have but one shape, so that their kind may be left out.
    if !fields.has("kind"), process == .closed { return .constant }
    if !fields.has("kind"), process == .replay { return .replay }
    return fields.required("kind") { node throws(ScenarioProblem) in try Self.kind(node, process) }
  }

  private static func kind(_ node: ScenarioNode, _ process: ArrivalProcess) throws(ScenarioProblem) -> PhaseKind {
    let word = try node.text()
    let kinds = PhaseKind.all(of: process)
    if let kind = PhaseKind(rawValue: word), kinds.contains(kind) { return kind }
    let names = kinds.map(\.rawValue)
    let list = "kinds of process \(process.rawValue) are \(names.joined(separator: ", "))"
    if PhaseKind(rawValue: word) != nil {
      throw node.problem("process \(process.rawValue) has no kind '\(word)'", list)
    }
    throw node.problem("unknown kind '\(word)'", suggestion(for: word, among: names) ?? list)
  }

  /// Notes unknown keys, and of known ones which kind they belong to.
  private func allow(_ table: KeyTable, _ fields: StrictMapping, _ kind: PhaseKind, _ process: ArrivalProcess) {
    fields.allow(table.names) { key in
      let owners = PhaseKind.all(of: process).filter { KeyTable.phase($0, process)?.names.contains(key) == true }
      guard !owners.isEmpty else { return nil }
      let list = owners.map(\.rawValue).joined(separator: ", ")
      return "'\(key)' belongs to kind \(list); kind \(kind.rawValue) has \(table.names.joined(separator: ", "))"
    }
  }

  /// A search makes runs of its own, so that nothing can come before or after it.
  private func checkSearch(_ phases: [(item: ScenarioNode, phase: Phase)]) {
    guard phases.count > 1 else { return }
    for (item, phase) in phases where phase.load.kind == "search" {
      problems.add(
        "kind 'search' must be the only phase", at: item.place,
        hint: "put the other phases into a scenario of their own")
    }
  }

  // MARK: Size

  /// A scenario that would take years or send more than any platform takes is a slip of the pen.
  private func checkSize(_ phases: [(item: ScenarioNode, phase: Phase)]) {
    var (jobs, length) = (0.0, Duration.zero)
    for (item, phase) in phases {
      jobs += phase.load.expectedJobs
      length += phase.load.duration ?? .zero
      if jobs > Double(Self.mostJobs) {
        return problems.add(
          "'\(phase.name)' brings the scenario to more than \(Self.mostJobs) jobs", at: item.place,
          hint: "lower its rate or shorten it")
      }
      if length > .seconds(366 * 86_400) {
        return problems.add("'\(phase.name)' brings the scenario to more than a year", at: item.place)
      }
    }
  }
}
