/// Reads `polling`; the policy decides which keys are legal.
struct PollingReader {
  let problems: ProblemCollector

  enum Policy: String, CaseIterable {
    case longPoll = "long_poll"
    case proportional, fixed, exponential
  }

  func policy(_ node: ScenarioNode) -> PollingPolicy? {
    guard let fields = StrictMapping(node, "polling", problems) else { return nil }
    let policy = fields.required("policy") { node throws(ScenarioProblem) in try node.choice(Policy.self) }
    if let policy { fields.allow(.polling(policy)) }
    switch policy {
    case nil: return nil
    case .longPoll: return longPoll(fields)
    case .proportional:
      return .proportional
    case .fixed:
      return fields.required("interval") { node throws(ScenarioProblem) in .fixed(interval: try node.duration()) }
    case .exponential: return exponential(fields)
    }
  }

  private func longPoll(_ fields: StrictMapping) -> PollingPolicy? {
    let wait = fields.optional("wait") { node throws(ScenarioProblem) in
      let wait = try node.duration()
      guard wait >= .seconds(1), wait.components.attoseconds == 0 else {
        throw node.problem("must be whole seconds, got \(node.kind)")
      }
      return wait
    }
    return .longPoll(wait: wait ?? .seconds(20))
  }

  private func exponential(_ fields: StrictMapping) -> PollingPolicy? {
    let initial = fields.required("initial") { node throws(ScenarioProblem) in try node.duration() }
    let factor = fields.required("factor") { node throws(ScenarioProblem) in try node.weight() }
    let cap = fields.required("cap") { node throws(ScenarioProblem) in try node.duration() }
    guard let initial, let factor, let cap else { return nil }
    if factor < 1 { problems.add("factor: must be at least 1", at: fields.place(of: "factor")) }
    return .exponential(initial: initial, factor: factor, cap: cap)
  }
}
