public import Jobs

/// The executor's own check of a request, whoever has checked it before: what is refused starts nothing.
public struct RequestCheck: Sendable {
  private let rules = RequestRules()
  private let languages: LanguageTable

  /// A check by the languages of a table.
  public init(languages: LanguageTable = .current) {
    self.languages = languages
  }

  /// Everything that is wrong with a request, in the order of its fields; empty where it may run.
  public func faults(_ request: ExecutionRequest) -> [RequestFault] {
    guard let language = languages[request.language] else {
      return [RequestFault("/language", "\(request.language.rawValue) is not among the languages of this executor")]
    }
    let code = rules.code(request.code)
    return code + (code.isEmpty ? sources(request, language) : []) + rules.input(request.stdin)
      + rules.arguments(request.args) + rules.options(request.options ?? [], language)
      + limits(request.limits)
  }

  private func sources(_ request: ExecutionRequest, _ language: LanguageDefinition) -> [RequestFault] {
    let name = language.sourceFile(for: request.code)
    guard name.utf8.count <= FileNameRules.longestPart else {
      let longest = FileNameRules.longestPart - ".java".utf8.count
      return [RequestFault("/code", "expected the name of the class to have at most \(longest) bytes")]
    }
    return rules.files(request.files ?? [], mainSource: name)
  }

  /// The bounds beyond which the machine itself has no meaning for a limit; a language's own are the API's to keep.
  private func limits(_ limits: ResourceLimits) -> [RequestFault] {
    let all: [(name: String, value: Int, range: ClosedRange<Int>)] = [
      ("wallTimeMs", limits.wallTimeMs, 1...3_600_000), ("cpuTimeMs", limits.cpuTimeMs, 1...3_600_000),
      ("memoryMB", limits.memoryMB, 1...1_048_576), ("outputBytes", limits.outputBytes, 0...(1 << 30)),
      ("processes", limits.processes, 1...1_000_000), ("fileBytes", limits.fileBytes, 0...(1 << 40)),
    ]
    return all.filter { !$0.range.contains($0.value) }.map { name, value, range in
      RequestFault("/limits/\(name)", "expected \(range.lowerBound) to \(range.upperBound), got \(value)")
    }
  }
}
