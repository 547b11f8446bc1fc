/// Reads a closed phase: how many jobs are in flight, when it ends, and how long its users think.
struct ClosedPhaseReader {
  let problems: ProblemCollector

  func load(_ fields: StrictMapping, _ selection: MixSelection?) -> PhaseLoad? {
    let concurrency = fields.required("concurrency") { node throws(ScenarioProblem) in try node.count(in: 1...10_000) }
    let think = fields.has("think_time") ? thinkTime(fields) : nil
    let end = fields.exactlyOne(
      of: ["for", "jobs", "repeat"], "a closed phase",
      hint: "write one of 'for: 30s', 'jobs: 100', or 'repeat: 3' for so many passes over the mix")
    guard let concurrency, let end, let until = self.end(fields, end, selection) else { return nil }
    return .closed(concurrency: concurrency, until: until, think: think)
  }

  private func end(_ fields: StrictMapping, _ key: String, _ selection: MixSelection?) -> ClosedEnd? {
    if key == "for" {
      return fields.optional(key) { node throws(ScenarioProblem) in .duration(try node.duration()) }
    }
    let count = fields.optional(key) { node throws(ScenarioProblem) in
      try node.count(in: 1...ArrivalsReader.mostJobs)
    }
    guard let count else { return nil }
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

  private enum Distribution: String, CaseIterable {
    case fixed, exponential
  }

  /// A time, or a mapping with its mean and distribution.
  private func thinkTime(_ fields: StrictMapping) -> ThinkTime? {
    guard case .mapping = fields.node["think_time"]?.content else {
      return fields.optional("think_time") { node throws(ScenarioProblem) in .fixed(try node.anyDuration()) }
    }
    guard let fields = fields.nested("think_time", { StrictMapping($0, "a think time", problems) }) else { return nil }
    fields.allow(.thinkTime)
    let mean = fields.required("mean") { node throws(ScenarioProblem) in try node.duration() }
    let distribution = fields.optional("distribution") { node throws(ScenarioProblem) in
      try node.choice(Distribution.self)
    }
    return mean.map { distribution == .fixed ? .fixed($0) : .exponential(mean: $0) }
  }
}
