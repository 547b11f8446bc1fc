import Jobs

/// The profiles by the words that scenarios name them by.
enum ProfileKind: String, CaseIterable {
  case rce, judge0, piston, custom
}

/// Reads which platform a target is, and the key of the same name that describes it.
struct TargetProfileReader {
  let problems: ProblemCollector

  func profile(_ kind: ProfileKind, _ target: StrictMapping) -> TargetProfile? {
    switch kind {
    case .rce: return .rce
    case .judge0: return .judge0(target.nested("judge0", judge0) ?? Judge0Profile())
    case .piston: return .piston(target.nested("piston", piston) ?? PistonProfile())
    case .custom:
      guard target.has("custom") else {
        problems.add(
          "profile: 'custom' needs the key 'custom'", at: target.place(of: "profile"),
          hint: "describe the platform there, or name a file that does")
        return nil
      }
      return target.nested("custom") { CustomProfileReader(problems: problems).profile($0) }.map { .custom($0) }
    }
  }

  private func judge0(_ node: ScenarioNode) -> Judge0Profile? {
    guard let fields = StrictMapping(node, "judge0", problems) else { return nil }
    fields.allow(.judge0)
    return Judge0Profile(
      languages: fields.nested("languages") { byLanguage($0) { node throws(ScenarioProblem) in try node.count() } }
        ?? [:])
  }

  private func piston(_ node: ScenarioNode) -> PistonProfile? {
    guard let fields = StrictMapping(node, "piston", problems) else { return nil }
    fields.allow(.piston)
    return PistonProfile(
      languages: fields.nested("languages") { byLanguage($0) { node throws(ScenarioProblem) in try node.text() } }
        ?? [:],
      versions: fields.nested("versions") { byLanguage($0) { node throws(ScenarioProblem) in try node.text() } } ?? [:])
  }

  /// A value by the name of a language; the names are those that `language` of a mix takes.
  func byLanguage<Value>(
    _ node: ScenarioNode, _ read: (ScenarioNode) throws(ScenarioProblem) -> Value
  ) -> [String: Value]? {
    guard case .mapping(let pairs) = node.content else {
      problems.add("must be a mapping of languages, got \(node.kind)", at: node.place)
      return nil
    }
    var values: [String: Value] = [:]
    for pair in pairs {
      guard Language(rawValue: pair.key) != nil else {
        let names = Language.allCases.map(\.rawValue)
        problems.add(
          "'\(pair.key)' is not a language", at: pair.keyPlace,
          hint: suggestion(for: pair.key, among: names) ?? "known are \(names.joined(separator: ", "))")
        continue
      }
      do throws(ScenarioProblem) {
        values[pair.key] = try read(pair.value)
      } catch {
        problems.add(error)
      }
    }
    return values
  }
}
