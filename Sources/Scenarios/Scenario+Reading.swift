extension Scenario {
  /// Checks a document and takes its values; every problem that it has is reported at once.
  public init(_ document: ScenarioDocument) throws(ScenarioError) {
    let problems = ProblemCollector()
    guard let fields = StrictMapping(document.root, "a scenario", problems) else {
      throw problems.error
    }
    fields.allow(.scenario)
    let reader = ScenarioReader(fields: fields, directory: document.directory, problems: problems)
    let scenario = reader.scenario(effectiveYAML: document.effectiveYAML)
    try problems.check()
    guard let scenario else { throw problems.error }
    self = scenario
  }
}

/// Reads a scenario's keys, top to bottom.
struct ScenarioReader {
  let fields: StrictMapping
  let directory: String
  let problems: ProblemCollector

  func scenario(effectiveYAML: String) -> Scenario? {
    checkVersion()
    let name = fields.required("name") { node throws(ScenarioProblem) in try Self.name(node) }
    let target = fields.nested("target") { TargetReader(directory: directory, problems: problems).target($0) }
    let mix = MixReader(directory: directory, problems: problems).mix(fields)
    let limitsOfProfile = ProfileLimits(profile: target?.profile ?? .rce, problems: problems)
    for entry in mix { limitsOfProfile.check(entry.entry, at: fields.place(of: "mix")) }
    let arrivals = fields.nested("arrivals") {
      ArrivalsReader(mix: mix, directory: directory, problems: problems).arrivals($0)
    }
    FaultReader(problems: problems).check(
      arrivals?.phases ?? [], against: target?.place ?? .local, at: fields.place(of: "arrivals"))
    if !fields.has("arrivals") { problems.add("a scenario needs the key 'arrivals'", at: fields.node.place) }
    let limits = fields.nested("limits", limits) ?? RunLimits()
    for case .closed(let concurrency, _, _) in (arrivals?.phases ?? []).map(\.load)
    where concurrency > limits.maximumInFlight {
      problems.add(
        "concurrency: \(concurrency) is more than max_in_flight allows, which is \(limits.maximumInFlight)",
        at: fields.place(of: "arrivals"), hint: "raise limits.max_in_flight")
    }
    let polling = fields.nested("polling") { PollingReader(problems: problems).policy($0) }
    let thresholds = ThresholdsReader(problems: problems).thresholds(
      fields, phases: arrivals?.phases ?? [], entries: mix.map(\.entry.name))
    let seed = fields.optional("seed") { node throws(ScenarioProblem) in try node.count() }
    let slo = fields.optional("slo") { node throws(ScenarioProblem) in try node.duration() }
    let perMonth = fields.optional("executions_per_month") { node throws(ScenarioProblem) in
      try node.count(in: 1...Int.max)
    }
    let assumptions = fields.nested("assume", assumptions)
    let description = fields.optional("description") { node throws(ScenarioProblem) in try node.text() }
    guard let name, let arrivals else { return nil }
    return Scenario(
      name: name, description: description, seed: UInt64(seed ?? 1), target: target ?? .init(place: .local),
      mix: mix.map(\.entry), process: arrivals.process, phases: arrivals.phases, limits: limits,
      polling: polling ?? .longPoll(wait: .seconds(20)), thresholds: thresholds, slo: slo,
      executionsPerMonth: perMonth, assumptions: assumptions ?? .init(),
      effectiveYAML: target?.secrets.redacting(effectiveYAML) ?? effectiveYAML)
  }

  private func checkVersion() {
    let version = fields.required("version") { node throws(ScenarioProblem) in try node.count() }
    if let version, version != 1 {
      problems.add(
        "version: \(version) is not known", at: fields.place(of: "version"), hint: "this program reads version 1")
    }
  }

  /// A name that can be part of a file's name and of a threshold's filter.
  static func name(_ node: ScenarioNode) throws(ScenarioProblem) -> String {
    let name = try node.text()
    guard name.count <= 64, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }) else {
      throw node.problem("must be at most 64 letters, digits, '-', '_' and '.', got '\(name)'")
    }
    return name
  }

  private func assumptions(_ node: ScenarioNode) -> Assumptions? {
    guard let fields = StrictMapping(node, "assume", problems) else { return nil }
    fields.allow(.assumptions)
    return Assumptions(
      endToEnd: fields.optional("e2e") { node throws(ScenarioProblem) in try node.duration() },
      billed: fields.optional("billed") { node throws(ScenarioProblem) in try node.duration() },
      memoryMB: fields.optional("memory") { node throws(ScenarioProblem) in try node.mebibytes() })
  }

  private func limits(_ node: ScenarioNode) -> RunLimits? {
    guard let fields = StrictMapping(node, "limits", problems) else { return nil }
    fields.allow(.limits)
    var limits = RunLimits()
    if let value = fields.optional("max_in_flight", { node throws(ScenarioProblem) in try node.count(in: 1...100_000) })
    {
      limits.maximumInFlight = value
    }
    if let value = fields.optional("on_limit", { node throws(ScenarioProblem) in try node.choice(OnLimit.self) }) {
      limits.onLimit = value
    }
    if let value = fields.optional("job_deadline", { node throws(ScenarioProblem) in try node.duration() }) {
      limits.jobDeadline = value
    }
    if let value = fields.optional("drain", { node throws(ScenarioProblem) in try node.anyDuration() }) {
      limits.drain = value
    }
    limits.maximumCostMicrodollars = fields.optional("max_cost") { node throws(ScenarioProblem) in
      try node.microdollars()
    }
    return limits
  }
}
