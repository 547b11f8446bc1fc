import Jobs

/// Reads the body of `POST /execute` and says everything that is wrong with it at once.
struct SubmissionReader {
  private let rules: SubmissionRules
  private var body: ObjectReader
  private var unsupportedLanguage: Fault?

  /// The submission that a body holds; what the rules do not allow is a problem.
  static func submission(from bytes: [UInt8], _ rules: SubmissionRules) throws(Problem) -> Submission {
    let value: JSONValue
    do throws(JSONSyntaxError) { value = try JSONReader.value(of: bytes) } catch {
      throw Problem(.malformedJSON, error.description)
    }
    guard case .object(let members) = value else {
      throw Problem(.invalidField, [.field("", "expected an object, got \(value.quoted)")])
    }
    var reader = Self(rules: rules, body: ObjectReader(members, at: ""))
    return try reader.submission()
  }

  private init(rules: SubmissionRules, body: ObjectReader) {
    self.rules = rules
    self.body = body
  }

  private mutating func submission() throws(Problem) -> Submission {
    let code = code()
    let language = language()
    let stdin = stdin()
    let arguments = body.strings("args")
    body.refuse(arguments.map(rules.request.arguments) ?? [])
    let files = files(code ?? "", language)
    let options = options(language)
    let limits = limits(language)
    let start = body.choice("start", RequestedStart.self)
    let tenant = body.string("tenant")
    body.refuse(tenant.map(rules.request.tenant) ?? [])
    body.refuseUnknown()
    guard body.faults.isEmpty, let code, let language else { throw problem() }
    return Submission(
      code: code, language: language.language, stdin: stdin, args: arguments, files: files, options: options,
      limits: limits, start: start, tenant: tenant)
  }

  private func problem() -> Problem {
    guard let unsupportedLanguage else { return Problem(.invalidField, body.faults) }
    let kind: Problem.Kind = body.faults.isEmpty ? .unsupportedLanguage : .invalidField
    var problem = Problem(kind, body.faults + [unsupportedLanguage])
    problem.supportedLanguages = rules.languages.languages.map(\.name)
    return problem
  }

  private mutating func code() -> String? {
    let code = body.string("code", required: "the source text")
    if code == "" { body.refuse("code", "expected at least one character, got \"\"") }
    body.refuse(code.map(rules.request.code) ?? [])
    return code
  }

  private mutating func language() -> LanguageDefinition? {
    guard let name = body.string("language", required: "the language's name") else { return nil }
    if let language = rules.languages[name] { return language }
    let names = rules.languages.languages.map(\.name)
    let hint = nearestName(to: name, among: names).map { "; did you mean \(quote($0))?" } ?? ""
    let detail = "expected one of \(names.joined(separator: ", ")), got \(quote(name))\(hint)"
    unsupportedLanguage = .field("/language", detail)
    return nil
  }

  private mutating func stdin() -> StandardInput? {
    let stdin = body.stringOrStrings("stdin")
    body.refuse(stdin.map(rules.request.input) ?? [])
    return stdin
  }

  private mutating func files(_ code: String, _ language: LanguageDefinition?) -> [SourceFile]? {
    let files = body.objects("files", atMost: rules.request.mostFiles) { file in
      let name = file.string("name", required: "a relative path")
      let content = file.string("content", required: "the file's text")
      return name.flatMap { name in content.map { SourceFile(name: name, content: $0) } }
    }
    guard let files, !files.isEmpty, let language else { return files }
    body.refuse(rules.request.files(files, mainSource: language.sourceFile(for: code)))
    return files
  }

  private mutating func options(_ language: LanguageDefinition?) -> [String]? {
    let options = body.strings("options")
    if let options, let language { body.refuse(rules.request.options(options, language)) }
    return options
  }

  /// Where the language is not known, its ranges are not either; the limits must be whole numbers all the same.
  private mutating func limits(_ language: LanguageDefinition?) -> RequestedLimits? {
    let own = language.map(rules.limits)
    return body.object("limits") { limits in
      RequestedLimits(
        wallTimeMs: limits.integer("wallTimeMs", in: own?.wallTimeMs.range ?? 1...Int.max),
        cpuTimeMs: limits.integer("cpuTimeMs", in: own?.cpuTimeMs.range ?? 1...Int.max),
        memoryMB: limits.integer("memoryMB", in: own?.memoryMB.range ?? 1...Int.max))
    }
  }
}

extension LimitRange {
  fileprivate var range: ClosedRange<Int> { minimum...maximum }
}
