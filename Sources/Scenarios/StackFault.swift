/// What is done to a local stack when a phase begins, to see what its jobs make of it.
public struct StackFault: Sendable, Hashable {
  /// What it is done to.
  public enum Part: String, Sendable, Hashable, CaseIterable {
    /// Queue and status store.
    case redis
    /// Takes messages and owns execution environments.
    case host
    /// Takes submissions, tells states.
    case api
    /// Every execution environment that there is at the time.
    case executors
  }

  /// What is done.
  public enum Action: Sendable, Hashable {
    /// The process is killed without a warning; what the stack starts again comes back by itself.
    case kill
    /// The process stands still for so long, its connections open, and then goes on.
    case pause(Duration)
  }

  /// What it is done to.
  public var part: Part
  /// What is done.
  public var action: Action

  /// A fault.
  public init(_ action: Action, of part: Part) {
    self.action = action
    self.part = part
  }

  /// For example `redis killed`, `redis paused for 30.0 seconds`.
  public var text: String {
    switch action {
    case .kill: "\(part.rawValue) killed"
    case .pause(let duration): "\(part.rawValue) paused for \(duration)"
    }
  }
}

/// Reads the `fault` of a phase.
struct FaultReader {
  let problems: ProblemCollector

  func fault(_ node: ScenarioNode) -> StackFault? {
    guard let fields = StrictMapping(node, "a fault", problems) else { return nil }
    fields.allow(["kill", "pause", "for"])
    let action = fields.exactlyOne(
      of: ["kill", "pause"], "a fault", hint: "write { kill: executors } or { pause: redis, for: 30s }")
    guard let action, let part = part(fields, action) else { return nil }
    if action == "pause" {
      return fields.required("for") { node throws(ScenarioProblem) in try node.duration() }
        .map { StackFault(.pause($0), of: part) }
    }
    if fields.has("for") {
      problems.add(
        "for: what is killed has no time of its own", at: fields.place(of: "for"), hint: "write pause, or leave it out")
    }
    return StackFault(.kill, of: part)
  }

  private func part(_ fields: StrictMapping, _ key: String) -> StackFault.Part? {
    fields.required(key) { node throws(ScenarioProblem) in try node.choice(StackFault.Part.self) }
  }

  /// Notes faults of a scenario that drives a platform whose processes are out of reach.
  func check(_ phases: [Phase], against target: TargetPlace, at place: ScenarioPlace) {
    guard target != .local, let phase = phases.first(where: { $0.fault != nil }) else { return }
    problems.add(
      "phase '\(phase.name)' has a fault, and the platform at a URL is out of reach", at: place,
      hint: "target: local, or leave out 'fault' and make it by hand when the phase begins")
  }
}
