import Jobs

/// An entry of the mix with how often it comes, which only the phases need.
struct WeighedEntry {
  var entry: MixEntry
  var weight: Double?
  var count: Int?
}

/// Reads `mix`: programs, their input, their limits, and what is expected of them.
struct MixReader {
  let directory: String
  let problems: ProblemCollector

  func mix(_ fields: StrictMapping) -> [WeighedEntry] {
    guard let items = fields.required("mix", { node throws(ScenarioProblem) in try node.items() }) else { return [] }
    let entries = items.compactMap(entry)
    var seen: Set<String> = []
    for (item, entry) in zip(items, entries) where !seen.insert(entry.entry.name).inserted {
      problems.add("name: '\(entry.entry.name)' is used twice in the mix", at: item.place)
    }
    if let weighed = entries.first(where: { $0.weight != nil }), let counted = entries.first(where: { $0.count != nil })
    {
      problems.add(
        "'\(weighed.entry.name)' has a weight and '\(counted.entry.name)' has a count", at: fields.place(of: "mix"),
        hint: "use weight for a random order in exact proportions, count for a fixed order; not both in one mix")
    }
    return entries
  }

  private func entry(_ node: ScenarioNode) -> WeighedEntry? {
    guard let fields = StrictMapping(node, "an entry of the mix", problems) else { return nil }
    fields.allow(.entry)
    let name = fields.required("name") { node throws(ScenarioProblem) in try ScenarioReader.name(node) }
    let language = fields.required("language") { node throws(ScenarioProblem) in try node.choice(Language.self) }
    let code = code(fields)
    let submission = language.map { language in
      Submission(
        code: code ?? "", language: language,
        stdin: fields.optional("stdin") { node throws(ScenarioProblem) in try stdin(node) },
        args: fields.optional("args") { node throws(ScenarioProblem) in try node.texts() },
        files: fields.optional("files") { node throws(ScenarioProblem) in try files(node) },
        options: fields.optional("options") { node throws(ScenarioProblem) in try node.texts() },
        limits: fields.nested("limits", limits),
        start: fields.optional("start") { node throws(ScenarioProblem) in try node.choice(RequestedStart.self) },
        tenant: fields.optional("tenant") { node throws(ScenarioProblem) in try node.text() })
    }
    let expectation = fields.nested("expect") { ExpectationReader(problems: problems).expectation($0) }
    let weight = fields.optional("weight") { node throws(ScenarioProblem) in try node.weight() }
    let count = fields.optional("count") { node throws(ScenarioProblem) in try node.count(in: 1...1_000_000) }
    guard let name, let submission else { return nil }
    return WeighedEntry(
      entry: MixEntry(name: name, submission: submission, expectation: expectation ?? .init()), weight: weight,
      count: count)
  }

  private func code(_ fields: StrictMapping) -> String? {
    switch (fields.has("program"), fields.has("code")) {
    case (true, true):
      problems.add("an entry has both 'program' and 'code'", at: fields.place(of: "code"), hint: "keep one of them")
      return nil
    case (false, false):
      problems.add(
        "an entry needs a program", at: fields.node.place,
        hint: "name a file with 'program' or write the text in 'code'")
      return nil
    case (true, false): return fields.optional("program") { node throws(ScenarioProblem) in try file(node) }
    case (false, true): return fields.optional("code") { node throws(ScenarioProblem) in try node.text() }
    }
  }

  /// One input, or a list of them for as many runs.
  private func stdin(_ node: ScenarioNode) throws(ScenarioProblem) -> StandardInput {
    guard case .list = node.content else { return .one(try content(node)) }
    var texts: [String] = []
    for item in try node.items() { texts.append(try content(item)) }
    return .each(texts)
  }

  /// Files beside the program: `{ name: ..., file: ... }` or `{ name: ..., text: ... }` each.
  private func files(_ node: ScenarioNode) throws(ScenarioProblem) -> [SourceFile] {
    var files: [SourceFile] = []
    for item in try node.items() {
      let source = item["file"] ?? item["text"]
      guard case .mapping(let pairs) = item.content, pairs.count == 2, let name = item["name"], let source else {
        throw item.problem("must be { name: ..., file: a file's path } or { name: ..., text: ... }")
      }
      let content = item["file"] == nil ? try source.anyText() : try file(source)
      files.append(SourceFile(name: try name.text(), content: content))
    }
    return files
  }

  /// A file's path, or `{ text: ... }` for input that stands in the scenario itself.
  private func content(_ node: ScenarioNode) throws(ScenarioProblem) -> String {
    guard case .mapping(let pairs) = node.content else {
      return try file(node, hint: "; text that stands in the scenario is written { text: ... }")
    }
    guard let text = node["text"], pairs.count == 1 else {
      throw node.problem("must be a file's path or { text: ... }")
    }
    return try text.anyText()
  }

  private func file(_ node: ScenarioNode, hint: String = "") throws(ScenarioProblem) -> String {
    try SourceText.read(node.text(), in: directory, limit: SourceText.programLimit, for: node, hint: hint)
  }

  private func limits(_ node: ScenarioNode) -> RequestedLimits? {
    guard let fields = StrictMapping(node, "an entry's limits", problems) else { return nil }
    fields.allow(.programLimits)
    return RequestedLimits(
      wallTimeMs: fields.optional("wall_time") { node throws(ScenarioProblem) in try node.milliseconds() },
      cpuTimeMs: fields.optional("cpu_time") { node throws(ScenarioProblem) in try node.milliseconds() },
      memoryMB: fields.optional("memory") { node throws(ScenarioProblem) in try node.mebibytes() })
  }
}
