/// Reads a replay phase and the file that it names: who arrived when.
struct ReplayReader {
  let mix: [String]
  let directory: String
  let problems: ProblemCollector

  func load(_ fields: StrictMapping) -> (PhaseLoad, MixSelection)? {
    let speed = fields.optional("speed") { node throws(ScenarioProblem) in
      let speed = try node.weight()
      guard (0.001...1_000_000).contains(speed) else { throw node.problem("must be from 0.001 to 1000000") }
      return speed
    }
    let from = fields.optional("from") { node throws(ScenarioProblem) in try node.anyDuration() }
    let length = fields.optional("for") { node throws(ScenarioProblem) in try node.duration() }
    let name = fields.required("file") { node throws(ScenarioProblem) in try node.text() }
    guard let name, let place = fields.node["file"]?.place else { return nil }
    let text = fields.optional("file") { node throws(ScenarioProblem) in
      try SourceText.read(name, in: directory, limit: SourceText.traceLimit, for: node)
    }
    // Where the mix itself could not be read, its own problems say enough.
    guard let text, !mix.isEmpty else { return nil }
    var lines = ReplayLines(file: SourceText.path(name, in: directory), mix: mix)
    let arrivals = lines.read(text)
    lines.problems.forEach(problems.add)
    guard lines.problems.isEmpty else { return nil }
    return cut(arrivals, from: from ?? .zero, length, speed ?? 1, name, at: place)
  }

  private func cut(
    _ arrivals: [ReplayLines.Arrival], from: Duration, _ length: Duration?, _ speed: Double, _ file: String,
    at place: ScenarioPlace
  ) -> (PhaseLoad, MixSelection)? {
    let start = from.inNanoseconds
    let end = length.map { start + $0.inNanoseconds } ?? .max
    let taken = arrivals.filter { $0.offset >= start && $0.offset < end }
    guard let last = taken.last else {
      problems.add(
        "file: '\(file)' has no arrival \(arrivals.isEmpty ? "at all" : "in the time that is taken of it")", at: place)
      return nil
    }
    let trace = ReplayTrace(
      recorded: taken.map { $0.offset - start }, length: length ?? .nanoseconds(last.offset - start), speed: speed,
      file: file)
    return (.replay(trace), .inOrder(taken.map(\.entry)))
  }
}
