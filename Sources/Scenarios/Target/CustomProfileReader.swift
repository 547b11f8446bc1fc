import FoundationEssentials
import Jobs

/// Reads `custom`, the description of a platform.
struct CustomProfileReader {
  let problems: ProblemCollector

  func profile(_ node: ScenarioNode) -> CustomProfile? {
    guard let fields = StrictMapping(node, "a custom profile", problems) else { return nil }
    fields.allow(.custom)
    if fields.has("id") != fields.has("poll") {
      problems.add(
        "'id' and 'poll' belong together", at: node.place,
        hint: "leave both out where the answer to a submission is the result")
    }
    let calls = CustomCallReader(problems: problems)
    let submit = part("submit", fields, calls.submit)
    let poll = fields.nested("poll", calls.poll)
    let state = fields.required("state", Self.path)
    let states = part("states", fields, states) ?? [:]
    guard let submit, let state else { return nil }
    return CustomProfile(
      languages: fields.nested("languages") {
        TargetProfileReader(problems: problems).byLanguage($0) { node throws(ScenarioProblem) in try node.text() }
      } ?? [:],
      healthPath: fields.optional("health") { node throws(ScenarioProblem) in try Self.plainPath(node) } ?? "/",
      submit: submit, id: fields.optional("id", Self.path), poll: poll, state: state, states: states,
      result: fields.nested("result", text), error: fields.nested("error", text), stdout: fields.nested("stdout", text),
      exitCode: fields.optional("exit_code", Self.path), instants: fields.nested("instants", instants) ?? [])
  }

  /// A part that must be there.
  private func part<Value>(_ key: String, _ fields: StrictMapping, _ read: (ScenarioNode) -> Value?) -> Value? {
    if !fields.has(key) { problems.add("a custom profile needs the key '\(key)'", at: fields.node.place) }
    return fields.nested(key, read)
  }

  private static func plainPath(_ node: ScenarioNode) throws(ScenarioProblem) -> String {
    let text = try node.text()
    guard text.hasPrefix("/"), !text.contains(where: \.isWhitespace) else {
      throw node.problem("must be a path that starts with '/', got '\(text)'")
    }
    return text
  }

  static func path(_ node: ScenarioNode) throws(ScenarioProblem) -> JSONPath {
    let text = try node.text()
    do {
      return try JSONPath(text)
    } catch {
      throw ScenarioProblem(
        place: node.place, what: "'\(text)' is not a path: \(error.what), at its character \(error.offset + 1)",
        hint: "a path is written as $.data[0]['a b'].id")
    }
  }

  private func text(_ node: ScenarioNode) -> CustomText? {
    if case .text = node.content {
      return problems.collect { () throws(ScenarioProblem) in CustomText(path: try Self.path(node), isBase64: false) }
    }
    guard let fields = StrictMapping(node, "a text of an answer", problems) else { return nil }
    fields.allow(.encodedText)
    let isBase64 = fields.optional("base64") { node throws(ScenarioProblem) in try node.truth() }
    return fields.required("path", Self.path).map { CustomText(path: $0, isBase64: isBase64 ?? false) }
  }

  private func states(_ node: ScenarioNode) -> [String: CustomState]? {
    guard case .mapping(let pairs) = node.content, !pairs.isEmpty else {
      problems.add("states must be a mapping of the platform's words, got \(node.kind)", at: node.place)
      return nil
    }
    let words = JobState.allCases.map(\.rawValue) + ErrorType.allCases.map(\.rawValue)
    var states: [String: CustomState] = [:]
    for pair in pairs {
      let meaning = problems.collect { () throws(ScenarioProblem) in try pair.value.text() }
      guard let meaning else { continue }
      if let state = JobState(rawValue: meaning) {
        states[pair.key] = .state(state)
      } else if let type = ErrorType(rawValue: meaning) {
        states[pair.key] = .failure(type)
      } else {
        problems.add(
          "states: '\(meaning)' is not one of \(words.joined(separator: ", "))", at: pair.value.place,
          hint: suggestion(for: meaning, among: words))
      }
    }
    let isEnding = states.values.contains { $0 != .state(.queued) && $0 != .state(.running) }
    if !isEnding, states.count == pairs.count {
      problems.add("states: no word means that a job is over", at: node.place, hint: "map one to completed")
    }
    return states
  }

  private func instants(_ node: ScenarioNode) -> [CustomInstant]? {
    guard let fields = StrictMapping(node, "instants", problems) else { return nil }
    fields.allow(.instants)
    return CustomInstant.Name.allCases.compactMap { name in
      fields.nested(name.rawValue) { node in
        guard let fields = StrictMapping(node, "an instant", problems) else { return nil }
        fields.allow(.instant)
        let path = fields.required("path", Self.path)
        let unit = fields.required("unit") { node throws(ScenarioProblem) in try node.choice(CustomInstant.Unit.self) }
        guard let path, let unit else { return nil }
        return CustomInstant(name: name, path: path, unit: unit)
      }
    }
  }
}
