/// Reads what a phase's kind says of its rate.
struct OpenPhaseReader {
  let process: ArrivalProcess
  let problems: ProblemCollector

  func load(_ fields: StrictMapping, _ kind: PhaseKind) -> PhaseLoad? {
    switch kind {
    case .constant:
      both(rate(fields, "rate"), duration(fields, "for")).map { .constant(rate: $0, for: $1) }
    case .pause: duration(fields, "for").map { .pause(for: $0) }
    case .ramp: ramp(fields)
    case .stairs: stairs(fields)
    case .spike: spike(fields)
    case .burst: burst(fields)
    case .sine: sine(fields)
    case .profile: ProfileReader(process: process, problems: problems).load(fields)
    case .search: search(fields)
    case .replay: nil
    }
  }

  private func search(_ fields: StrictMapping) -> PhaseLoad? {
    let warmUp = fields.optional("warm_up") { node throws(ScenarioProblem) in try node.anyDuration() }
    let window = fields.optional("each") { node throws(ScenarioProblem) in try node.duration() }
    let confirmations = fields.optional("confirm") { node throws(ScenarioProblem) in try node.count(in: 0...20) }
    guard let (from, to) = both(rate(fields, "from"), rate(fields, "to")) else { return nil }
    guard to > from else {
      problems.add("to: must be above 'from'", at: fields.place(of: "to"), hint: "a search goes up")
      return nil
    }
    var search = RateSearch(from: from, to: to)
    search.warmUp = warmUp ?? search.warmUp
    search.window = window ?? search.window
    search.confirmations = confirmations ?? search.confirmations
    return .search(search)
  }

  private func ramp(_ fields: StrictMapping) -> PhaseLoad? {
    guard let (from, to) = ends(fields, "a ramp"), let duration = duration(fields, "for") else { return nil }
    return .ramp(from: from, to: to, for: duration)
  }

  private func stairs(_ fields: StrictMapping) -> PhaseLoad? {
    guard let (from, to) = ends(fields, "stairs"), let key = exactlyOne(of: ["steps", "step"], fields, "stairs"),
      let levels = levels(fields, key, from, to), let each = duration(fields, "each")
    else { return nil }
    return .stairs(from: from, to: to, levels: levels, each: each)
  }

  private func levels(_ fields: StrictMapping, _ key: String, _ from: Double, _ to: Double) -> Int? {
    if key == "steps" {
      return fields.optional(key) { node throws(ScenarioProblem) in try node.count(in: 2...10_000) }
    }
    guard let step = fields.optional(key, { node throws(ScenarioProblem) in try node.rate() }) else { return nil }
    let steps = (to - from).magnitude / step
    guard (steps - steps.rounded()).magnitude < 1e-6, (1...9_999).contains(steps.rounded()) else {
      problems.add(
        "step: does not lead from one rate to the other in 1 to 9999 equal steps", at: fields.place(of: key),
        hint: "choose a step that divides the difference, or give 'steps'")
      return nil
    }
    return Int(steps.rounded()) + 1
  }

  private func spike(_ fields: StrictMapping) -> PhaseLoad? {
    let base = fields.required("base") { node throws(ScenarioProblem) in try node.anyRate() }
    let start = fields.optional("at") { node throws(ScenarioProblem) in try node.anyDuration() }
    guard let base, let peak = rate(fields, "peak"), let hold = duration(fields, "hold"),
      let duration = duration(fields, "for"), start != nil || !fields.has("at")
    else { return nil }
    if peak <= base {
      problems.add("peak: must be above the base", at: fields.place(of: "peak"))
    }
    guard hold <= duration, (start ?? .zero) + hold <= duration else {
      problems.add(
        "hold: the spike ends after the phase, which lasts \(duration)", at: fields.place(of: "hold"),
        hint: "make 'for' longer, or 'hold' shorter, or 'at' earlier")
      return nil
    }
    return .spike(base: base, peak: peak, at: start ?? (duration - hold) / 2, hold: hold, for: duration)
  }

  private func burst(_ fields: StrictMapping) -> PhaseLoad? {
    let count = fields.required("count") { node throws(ScenarioProblem) in try node.count(in: 1...1_000_000) }
    guard fields.has("every") else {
      if fields.has("times") {
        problems.add("times: bursts need a time between them", at: fields.place(of: "times"), hint: "write every: 30s")
      }
      return both(count, duration(fields, "for")).map { .burst(count: $0, every: .zero, times: 1, for: $1) }
    }
    guard let key = exactlyOne(of: ["times", "for"], fields, "a phase of bursts"), let count,
      let every = duration(fields, "every")
    else { return nil }
    if key == "for" {
      guard let duration = duration(fields, "for") else { return nil }
      let times = Int((duration.inSeconds / every.inSeconds).rounded(.up))
      return .burst(count: count, every: every, times: max(times, 1), for: duration)
    }
    let times = fields.optional(key) { node throws(ScenarioProblem) in try node.count(in: 1...1_000_000) }
    return times.map { .burst(count: count, every: every, times: $0, for: every * $0) }
  }

  private func sine(_ fields: StrictMapping) -> PhaseLoad? {
    let amplitude = fields.required("amplitude") { node throws(ScenarioProblem) in try node.anyRate() }
    let start = fields.optional("start") { node throws(ScenarioProblem) in try node.choice(SineStart.self) }
    guard let mean = rate(fields, "mean"), let amplitude, let period = duration(fields, "period"),
      let duration = duration(fields, "for"), start != nil || !fields.has("start")
    else { return nil }
    guard amplitude <= mean else {
      problems.add(
        "amplitude: is above the mean, so that the rate would be negative", at: fields.place(of: "amplitude"),
        hint: "the rate swings between mean - amplitude and mean + amplitude")
      return nil
    }
    return .sine(mean: mean, amplitude: amplitude, period: period, start: start ?? .mean, for: duration)
  }

  // MARK: Parts

  private func rate(_ fields: StrictMapping, _ key: String) -> Double? {
    fields.required(key) { node throws(ScenarioProblem) in try node.rate() }
  }

  private func duration(_ fields: StrictMapping, _ key: String) -> Duration? {
    fields.required(key) { node throws(ScenarioProblem) in try node.duration() }
  }

  private func both<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
    guard let a, let b else { return nil }
    return (a, b)
  }

  /// `from` and `to`, of which one may be 0.
  private func ends(_ fields: StrictMapping, _ owner: String) -> (Double, Double)? {
    let from = fields.required("from") { node throws(ScenarioProblem) in try node.anyRate() }
    let to = fields.required("to") { node throws(ScenarioProblem) in try node.anyRate() }
    guard let from, let to else { return nil }
    if from == 0, to == 0 { problems.add("\(owner) from 0 to 0 sends nothing", at: fields.node.place) }
    return (from, to)
  }

  private func exactlyOne(of keys: [String], _ fields: StrictMapping, _ owner: String) -> String? {
    fields.exactlyOne(of: keys, owner, hint: "write \(keys.joined(separator: " or "))")
  }
}
