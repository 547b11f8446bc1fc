import Jobs

/// Reads `thresholds`, each a text or a mapping with `expr`.
struct ThresholdsReader {
  let problems: ProblemCollector

  func thresholds(_ fields: StrictMapping, phases: [Phase], entries: [String]) -> [Threshold] {
    let items = fields.optional("thresholds") { node throws(ScenarioProblem) in
      guard case .list(let items) = node.content else {
        throw node.problem("must be a list, got \(node.kind)", "for example [\"p95(e2e) < 2s\"]; [] is none")
      }
      return items
    }
    return (items ?? []).compactMap { item in
      guard let threshold = threshold(item) else { return nil }
      check(threshold, item, phases: phases.map(\.name), entries: entries)
      return threshold
    }
  }

  private func threshold(_ node: ScenarioNode) -> Threshold? {
    guard case .mapping = node.content else {
      return problems.collect { () throws(ScenarioProblem) in try Self.parse(node) }
    }
    guard let fields = StrictMapping(node, "a threshold", problems) else { return nil }
    fields.allow(.threshold)
    var threshold = fields.required("expr") { node throws(ScenarioProblem) in try Self.parse(node) }
    let severity = fields.optional("severity") { node throws(ScenarioProblem) in
      try node.choice(Threshold.Severity.self)
    }
    let abort = fields.optional("abort") { node throws(ScenarioProblem) in try node.truth() }
    let after = fields.optional("after") { node throws(ScenarioProblem) in try node.anyDuration() }
    if after != nil, abort != true {
      problems.add("'after' needs 'abort: true'", at: fields.place(of: "after"))
    }
    if severity == .warn, abort == true {
      problems.add(
        "a threshold that ends the run is no warning", at: fields.place(of: "severity"),
        hint: "leave out 'severity' or 'abort'")
    }
    threshold?.severity = severity ?? .fail
    threshold?.abort = abort ?? false
    threshold?.afterSeconds = after?.inSeconds ?? 0
    return threshold
  }

  private static func parse(_ node: ScenarioNode) throws(ScenarioProblem) -> Threshold {
    let text = try node.text()
    do {
      var threshold = try Threshold(parsing: text)
      threshold.line = node.place.line
      return threshold
    } catch {
      // A quoted text starts one column further to the right.
      let quote = if case .text(let text) = node.content, !text.isPlain { 1 } else { 0 }
      throw ScenarioProblem(place: node.place.advanced(by: error.offset + quote), what: error.what, hint: error.hint)
    }
  }

  private func check(_ threshold: Threshold, _ node: ScenarioNode, phases: [String], entries: [String]) {
    let known = ["phase": phases, "language": Language.allCases.map(\.rawValue), "entry": entries]
    for (key, value) in threshold.filters.sorted(by: { $0.key < $1.key }) {
      guard let names = known[key], !names.isEmpty, !names.contains(value) else { continue }
      problems.add(
        "'\(threshold.text)': there is no \(key) '\(value)'", at: node.place,
        hint: suggestion(for: value, among: names) ?? "there is \(names.joined(separator: ", "))")
    }
    if threshold.abort, threshold.aggregate == .costPerExecution {
      problems.add(
        "'\(threshold.text)': a cost cannot abort a run", at: node.place, hint: "use limits: { max_cost: ... }")
    }
  }
}
