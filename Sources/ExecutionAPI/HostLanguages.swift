import Jobs

/// What the hosts that are up say of their languages.
struct HostLanguages: Sendable {
  /// One report for each host; none where no host is up, or where nothing is known of them.
  let reports: [[String: LanguageStatus]]

  /// What each host says of a language; nil where no host says anything of any.
  func statuses(of language: LanguageDefinition) -> [LanguageStatus]? {
    let telling = reports.filter { !$0.isEmpty }
    guard !telling.isEmpty else { return nil }
    return telling.map { $0[language.name] ?? LanguageStatus(problem: "the host does not know the language") }
  }

  /// Why no host that is up can run programs of a language; nil where one can, or may.
  func problem(with language: LanguageDefinition) -> String? {
    guard let statuses = statuses(of: language), statuses.allSatisfy({ $0.problem != nil }) else { return nil }
    return Set(statuses.compactMap(\.problem)).sorted().joined(separator: "; ")
  }

  /// Names of the languages that some host can run, or may.
  func names(of table: LanguageTable) -> [String] {
    table.languages.filter { problem(with: $0) == nil }.map(\.name)
  }
}
