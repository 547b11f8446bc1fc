import FoundationEssentials
package import Jobs
package import Scenarios

/// A platform as a scenario describes it.
package struct CustomDialect: TargetDialect {
  private let profile: CustomProfile

  package init(_ profile: CustomProfile) {
    self.profile = profile
  }

  package var healthPath: String { profile.healthPath }
  package var isSynchronous: Bool { profile.poll == nil }
  package var holdsReads: Bool { profile.poll?.path.placeholders.contains(.wait) ?? false }
  package var submission: DialectCall { Self.call(profile.submit, standard: .postJSON) }
  package var statusRead: DialectCall { profile.poll.map { Self.call($0, standard: .getJSON) } ?? .getJSON }

  /// The dialect's usual headers, but for those that the scenario gives itself.
  private static func call(_ call: CustomCall, standard: DialectCall) -> DialectCall {
    let given = Set(call.headers.map { $0.name.lowercased() })
    return DialectCall(
      call.method,
      standard.headers.filter { !given.contains($0.name.lowercased()) } + call.headers.map { .init($0.name, $0.value) })
  }

  package func submissionPath(of submission: Submission) -> String {
    profile.submit.path.filled { _ in PercentEncoding.encode(word(for: submission.language)) }
  }

  package func submissionBody(of submission: Submission) -> [UInt8] {
    let format = profile.submit.bodyFormat
    return Array(profile.submit.body.filled { value(of: $0, submission, format) }.utf8)
  }

  private func word(for language: Language) -> String { profile.languages[language.rawValue] ?? language.rawValue }

  private func value(
    of placeholder: RequestTemplate.Placeholder, _ submission: Submission, _ format: CustomCall.BodyFormat
  ) -> String {
    let stdin = submission.stdin?.texts.first ?? ""
    let limits = submission.limits
    switch placeholder {
    case .code: return Self.written(submission.code, format)
    case .codeBase64: return Self.written(Self.base64(submission.code), format)
    case .fileName:
      let name = LanguageTable.current[submission.language]?.sourceFile(for: submission.code) ?? "main"
      return Self.written(name, format)
    case .language: return Self.written(word(for: submission.language), format)
    case .stdin: return Self.written(stdin, format)
    case .stdinBase64: return Self.written(Self.base64(stdin), format)
    case .arguments:
      let arguments = submission.args ?? []
      guard format == .json else { return Self.written(arguments.joined(separator: " "), format) }
      return String(decoding: DialectJSON.encode(arguments), as: UTF8.self)
    case .wallTime: return limits?.wallTimeMs.map { "\($0)" } ?? "null"
    case .cpuTime: return limits?.cpuTimeMs.map { "\($0)" } ?? "null"
    case .memory: return limits?.memoryMB.map { "\($0)" } ?? "null"
    case .id, .wait: return ""
    }
  }

  private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  private static func written(_ text: String, _ format: CustomCall.BodyFormat) -> String {
    switch format {
    // The quotes are the template's.
    case .json: String(decoding: DialectJSON.encode(text).dropFirst().dropLast(), as: UTF8.self)
    case .form: PercentEncoding.encode(text)
    case .plain: text
    }
  }

  package func statusPath(of id: String, waitSeconds: Int?) -> String {
    profile.poll?.path.filled { $0 == .id ? id : "\(waitSeconds ?? 0)" } ?? ""
  }

  // MARK: Answers

  package func readSubmission(_ body: [UInt8]) -> SubmissionAnswer? {
    guard let path = profile.id else {
      guard let status = readStatus(body), status.state.isTerminal else { return nil }
      return SubmissionAnswer(status: status)
    }
    return DialectJSON.decode(JSONTree.self, from: body)?[path]?.word.flatMap(SubmissionAnswer.init(jobId:))
  }

  package func readStatus(_ body: [UInt8]) -> StatusAnswer? {
    guard let tree = DialectJSON.decode(JSONTree.self, from: body), let word = tree[profile.state]?.word,
      let meaning = profile.states[word]
    else { return nil }
    let stdout = bytes(profile.stdout, tree)
    let exitCode = profile.exitCode.flatMap { tree[$0]?.double }.flatMap { Int(exactly: $0) }
    let result = bytes(profile.result, tree).map { String(decoding: $0, as: UTF8.self) }
    let error = bytes(profile.error, tree).map { String(decoding: $0, as: UTF8.self) }
    var answer = StatusAnswer(
      state: .failed, result: result, error: error,
      details: StatusDetails(exitCode: exitCode, stdout: stdout.map { CapturedOutput($0) }), timings: timings(tree))
    switch meaning {
    case .state(let state): answer.state = state
    case .failure(let type): answer.details?.errorType = type.rawValue
    }
    return answer
  }

  private func bytes(_ text: CustomText?, _ tree: JSONTree) -> [UInt8]? {
    guard let text, let word = tree[text.path]?.word else { return nil }
    return text.isBase64 ? DialectJSON.bytes(base64: word) : Array(word.utf8)
  }

  private func timings(_ tree: JSONTree) -> JobTimings? {
    var timings = JobTimings()
    for instant in profile.instants {
      guard let value = tree[instant.path], let microseconds = instant.unit.microseconds(value) else { continue }
      timings[keyPath: instant.name.field] = microseconds
    }
    return timings == JobTimings() ? nil : timings
  }
}

extension CustomInstant.Name {
  fileprivate var field: WritableKeyPath<JobTimings, Int64?> {
    switch self {
    case .s0: \.s0
    case .s1: \.s1
    case .s2: \.s2
    case .s3: \.s3
    case .s4: \.s4
    case .s5: \.s5
    case .s6: \.s6
    }
  }
}

extension CustomInstant.Unit {
  /// The instant in microseconds since 1970; nil for what is not written in this unit.
  fileprivate func microseconds(_ value: JSONTree) -> Int64? {
    switch self {
    case .iso8601: if case .text(let text) = value { ISO8601.microseconds(text) } else { nil }
    case .seconds: Self.scaled(value, by: 1_000_000)
    case .milliseconds: Self.scaled(value, by: 1_000)
    case .microseconds: Self.scaled(value, by: 1)
    }
  }

  private static func scaled(_ value: JSONTree, by factor: Double) -> Int64? {
    value.double.flatMap { Int64(exactly: ($0 * factor).rounded()) }
  }
}
