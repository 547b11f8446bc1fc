import Jobs

/// What a platform cannot do that a mix may ask for: said before a run, not by a job that fails in it.
struct ProfileLimits {
  let profile: TargetProfile
  let problems: ProblemCollector

  /// Notes what an entry of the mix asks for in vain.
  func check(_ entry: MixEntry, at place: ScenarioPlace) {
    if case .rce = profile { return }
    let submission = entry.submission
    let language = submission.language.rawValue
    let asked: [(asks: Bool, what: String)] = [
      (submission.stdin.map { if case .each = $0 { true } else { false } } ?? false, "list of stdin"),
      (submission.start != nil, "start"), (submission.tenant != nil, "tenant"),
      (submission.options != nil && !takesOptions, "options"),
      (submission.files != nil && !takesFiles, "files"), (submission.args != nil && !takes([.arguments]), "args"),
      (submission.stdin != nil && !takes([.stdin, .stdinBase64]), "stdin"),
      (submission.limits != nil && !takes([.wallTime, .cpuTime, .memory]), "limits"),
    ]
    for (_, what) in asked.filter(\.asks) {
      problems.add("'\(entry.name)': \(profile.name) takes no \(what)", at: place, hint: "leave it out for this target")
    }
    if case .judge0(let judge0) = profile, judge0.languages[language] == nil {
      problems.add(
        "'\(entry.name)': there is no language_id for \(language)", at: place,
        hint: "add target.judge0.languages.\(language); GET /languages lists the numbers")
    }
  }

  private var takesOptions: Bool { if case .judge0 = profile { true } else { false } }
  private var takesFiles: Bool { if case .piston = profile { true } else { false } }

  /// Whether a custom body has a place for at least one of these; other profiles take them all.
  private func takes(_ placeholders: Set<RequestTemplate.Placeholder>) -> Bool {
    guard case .custom(let custom) = profile else { return true }
    return !custom.submit.body.placeholders.isDisjoint(with: placeholders)
  }
}
