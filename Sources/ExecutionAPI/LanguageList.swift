import Jobs

/// The answer of `GET /languages`: what programs may be written in, what they may ask for, and what runs them.
struct LanguageList: Encodable {
  private struct Entry: Encodable {
    let name: String
    let title: String
    /// The file that holds a submission's code.
    let source: String
    let compile: String?
    let run: String
    let options: [String]
    let limits: LanguageLimits
    let versions: Versions?
    let problem: String?

    enum CodingKeys: CodingKey {
      case name, title, source, compile, run, options, limits, versions, problem
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      try container.encode(title, forKey: .title)
      try container.encode(source, forKey: .source)
      try container.encode(compile, forKey: .compile)
      try container.encode(run, forKey: .run)
      try container.encode(options, forKey: .options)
      try container.encode(limits, forKey: .limits)
      // null where no host is up: nobody has said anything.
      try container.encode(versions, forKey: .versions)
      try container.encodeIfPresent(problem, forKey: .problem)
    }
  }

  /// Each version that some host has, in order.
  private struct Versions: Encodable {
    let compiler: [String]
    let runtime: [String]
  }

  private let languages: [Entry]

  /// The list as the rules and the hosts that are up have it.
  init(_ rules: SubmissionRules, _ hosts: HostLanguages) {
    languages = rules.languages.languages.map { language in
      let statuses = hosts.statuses(of: language)
      return Entry(
        name: language.name, title: language.title, source: language.source,
        compile: language.compile.map { Self.command($0, language) }, run: Self.command(language.run, language),
        options: language.options ?? [], limits: rules.limits(of: language),
        versions: statuses.map {
          Versions(compiler: Self.distinct($0.map(\.compiler)), runtime: Self.distinct($0.map(\.runtime)))
        },
        problem: hosts.problem(with: language))
    }
  }

  private static func distinct(_ versions: [String?]) -> [String] {
    Set(versions.compactMap { $0 }).sorted()
  }

  /// A command as a person writes it, with the placeholders for what belongs to one submission.
  private static func command(_ words: [String], _ language: LanguageDefinition) -> String {
    let open = ["source", "product", "heapMB", "compilerHeapMB", "mainClass"]
    var texts = Dictionary(uniqueKeysWithValues: open.map { ($0, "{\($0)}") })
    texts["compiler"] = language.compiler?.programs.first
    texts["runtime"] = language.runtime?.programs.first
    let lists = Dictionary(uniqueKeysWithValues: ["options", "sources", "args"].map { ($0, ["{\($0)}"]) })
    var template = CommandTemplate(texts: texts, lists: lists)
    template.lists["flags"] = template.expand(language.flags ?? [])
    return template.expand(words).joined(separator: " ")
  }
}
