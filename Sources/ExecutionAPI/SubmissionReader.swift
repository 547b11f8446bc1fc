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
    let stdin = body.string("stdin").map(StandardInput.one)
    let arguments = arguments()
    let limits = limits()
    body.refuseUnknown()
    guard body.faults.isEmpty, let code, let language else { throw problem() }
    return Submission(code: code, language: language, stdin: stdin, args: arguments, limits: limits)
  }

  private func problem() -> Problem {
    guard let unsupportedLanguage else { return Problem(.invalidField, body.faults) }
    let kind: Problem.Kind = body.faults.isEmpty ? .unsupportedLanguage : .invalidField
    var problem = Problem(kind, body.faults + [unsupportedLanguage])
    problem.supportedLanguages = Language.allCases.map(\.rawValue)
    return problem
  }

  private mutating func code() -> String? {
    let code = body.string("code", required: "the source text")
    if code == "" { body.refuse("code", "expected at least one character, got \"\"") }
    return code
  }

  private mutating func language() -> Language? {
    guard let name = body.string("language", required: "the language's name") else { return nil }
    if let language = Language(rawValue: name) { return language }
    let names = Language.allCases.map(\.rawValue)
    let hint = nearestName(to: name, among: names).map { "; did you mean \(quote($0))?" } ?? ""
    let detail = "expected one of \(names.joined(separator: ", ")), got \(quote(name))\(hint)"
    unsupportedLanguage = .field("/language", detail)
    return nil
  }

  private mutating func arguments() -> [String]? {
    let longest = rules.longestArgument
    return body.strings("args", atMost: rules.mostArguments) { argument in
      if argument.utf8.contains(0) { return "expected no NUL character" }
      let count = argument.utf8.count
      return count > longest ? "expected at most \(longest) bytes, got \(count)" : nil
    }
  }

  private mutating func limits() -> RequestedLimits? {
    let rules = rules
    return body.object("limits") { limits in
      RequestedLimits(
        wallTimeMs: limits.integer("wallTimeMs", in: rules.wallTimeMs),
        cpuTimeMs: limits.integer("cpuTimeMs", in: rules.cpuTimeMs),
        memoryMB: limits.integer("memoryMB", in: rules.memoryMB))
    }
  }
}
