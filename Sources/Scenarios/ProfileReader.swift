/// Reads a profile: shares over intervals, and how many jobs they share.
struct ProfileReader {
  let process: ArrivalProcess
  let problems: ProblemCollector

  func load(_ fields: StrictMapping) -> PhaseLoad? {
    let items = fields.required("shares") { node throws(ScenarioProblem) in try node.items() }
    let intervals = items.flatMap { self.intervals($0, fields) }
    let dispersion = self.dispersion(fields)
    let key = fields.exactlyOne(of: ["jobs", "rate"], "a profile", hint: "write jobs: 6370, or rate: 3.5/s on average")
    guard let intervals, let key else { return nil }
    guard intervals.contains(where: { $0.share > 0 }) else {
      problems.add("shares: at least one must be above 0", at: fields.place(of: "shares"))
      return nil
    }
    var shares = RateShares(intervals, jobs: 0, dispersion: dispersion)
    guard let jobs = jobs(fields, key, shares.duration) else { return nil }
    shares.jobs = jobs
    guard shares.peak <= ScenarioNode.highestRate else {
      problems.add("shares: the highest rate must be at most 1000000/s", at: fields.place(of: "shares"))
      return nil
    }
    return .profile(shares)
  }

  private func jobs(_ fields: StrictMapping, _ key: String, _ length: Duration) -> Double? {
    if key == "rate" {
      return fields.optional(key) { node throws(ScenarioProblem) in try node.rate() * length.inSeconds }
    }
    return fields.optional(key) { node throws(ScenarioProblem) in
      Double(try node.count(in: 1...ArrivalsReader.mostJobs))
    }
  }

  /// Numbers, which share one length, or mappings with a length each.
  private func intervals(_ items: [ScenarioNode], _ fields: StrictMapping) -> [RateShares.Interval]? {
    let areMappings = items.contains { if case .mapping = $0.content { true } else { false } }
    guard !areMappings else {
      if fields.has("each") {
        problems.add("each: the intervals have lengths of their own", at: fields.place(of: "each"))
      }
      let intervals = items.compactMap(interval)
      return intervals.count == items.count ? intervals : nil
    }
    let each = fields.required("each") { node throws(ScenarioProblem) in try node.duration() }
    let shares = items.compactMap { item in
      problems.collect { () throws(ScenarioProblem) in try item.number() }
    }
    guard let each, shares.count == items.count else { return nil }
    return shares.map { .init(share: $0, duration: each) }
  }

  private func interval(_ node: ScenarioNode) -> RateShares.Interval? {
    guard let fields = StrictMapping(node, "an interval", problems) else { return nil }
    fields.allow(.interval)
    let share = fields.required("share") { node throws(ScenarioProblem) in try node.number() }
    let duration = fields.required("for") { node throws(ScenarioProblem) in try node.duration() }
    guard let share, let duration else { return nil }
    return .init(share: share, duration: duration)
  }

  private func dispersion(_ fields: StrictMapping) -> Double? {
    let value = fields.optional("dispersion") { node throws(ScenarioProblem) in
      let value = try node.weight()
      guard (1...10_000).contains(value) else {
        throw node.problem("must be from 1 to 10000, got \(node.kind)", "1 is what a Poisson process has")
      }
      return value
    }
    if value != nil, process != .poisson {
      problems.add("dispersion: needs process: poisson", at: fields.place(of: "dispersion"))
    }
    return value
  }
}
