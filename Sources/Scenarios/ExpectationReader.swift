import Jobs

/// Reads `expect`.
struct ExpectationReader {
  let problems: ProblemCollector

  enum EndState: String, CaseIterable {
    case completed, failed
  }

  func expectation(_ node: ScenarioNode) -> Expectation? {
    guard let fields = StrictMapping(node, "expect", problems) else { return nil }
    fields.allow(.expectation)
    let state = fields.optional("state") { node throws(ScenarioProblem) in try node.choice(EndState.self) }
    let expectation = Expectation(
      state: state.map { $0 == .completed ? .completed : .failed },
      error: fields.optional("error") { node throws(ScenarioProblem) in try node.choice(ErrorType.self) },
      stdout: fields.optional("stdout") { node throws(ScenarioProblem) in try node.anyText() },
      stdoutSHA256: fields.optional("stdout_sha256") { node throws(ScenarioProblem) in try Self.digest(node) },
      stdoutContains: fields.optional("stdout_contains") { node throws(ScenarioProblem) in try node.text() },
      exitCode: fields.optional("exit_code") { node throws(ScenarioProblem) in try node.count(in: 0...255) },
      signal: fields.optional("signal") { node throws(ScenarioProblem) in try node.count(in: 1...64) })
    check(expectation, fields)
    return expectation
  }

  private static func digest(_ node: ScenarioNode) throws(ScenarioProblem) -> String {
    let digest = try node.text().lowercased()
    guard digest.count == 64, digest.allSatisfy(\.isHexDigit) else {
      throw node.problem("must be 64 hexadecimal digits, got \(digest.count) characters", "sha256sum prints them")
    }
    return digest
  }

  private func check(_ expectation: Expectation, _ fields: StrictMapping) {
    let fails = expectation.error != nil || expectation.signal != nil || (expectation.exitCode ?? 0) != 0
    if expectation.state == .completed, fails {
      problems.add(
        "a completed job has no error, no signal and exit code 0", at: fields.node.place,
        hint: "remove 'state: completed' or what contradicts it")
    }
  }
}
