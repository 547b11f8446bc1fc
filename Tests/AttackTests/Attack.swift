import Jobs
import Testing

/// One hostile program with what must come of it.
struct Attack: Sendable, CustomTestStringConvertible {
  /// The row of the table in README.md.
  var row: Int
  /// The program's folder below `Programs`.
  var folder: String
  var language: Language
  /// The file in the folder; nil is the usual one of the language.
  var file: String?
  /// A source that is too long to lie in a file.
  var generated: String?
  /// What the program is told; the words in braces stand for what the bench has of them.
  var arguments: [String] = []
  var stdin = ""
  var files: [SourceFile]?
  /// The compiler is what is attacked: it gets less time than it needs for more than a few lines.
  var isOnCompiler = false
  /// Short enough that no case takes long, long enough that honest work in it is never cut on a busy machine.
  var limits = ResourceLimits(
    wallTimeMs: 10_000, cpuTimeMs: 5_000, memoryMB: 256, outputBytes: 1 << 20, processes: 64, fileBytes: 16 << 20)
  /// The verdicts that are right; nil is a program that completed.
  var verdicts: [ErrorType?]
  var checks: [Check] = []

  var testDescription: String {
    let name = file.map { "\(folder)/\($0)" } ?? folder
    return "\(row) \(name) \(([language.rawValue] + arguments).joined(separator: " "))"
  }

  /// The same attack in several languages.
  static func each(
    _ row: Int, _ folder: String, in languages: [Language] = Language.allCases, file: String? = nil,
    with arguments: [String] = [], _ verdicts: [ErrorType?], _ checks: Check...,
    limits change: (inout ResourceLimits) -> Void = { _ in }
  ) -> [Attack] {
    languages.map { language in
      var attack = Attack(
        row: row, folder: folder, language: language, file: file, arguments: arguments, verdicts: verdicts,
        checks: checks)
      change(&attack.limits)
      return attack
    }
  }

  /// The text to submit.
  func source() throws -> String {
    try generated ?? ProgramFile.source("\(folder)/\(file ?? ProgramFile.name(language))")
  }

  /// What is wrong with a result; nothing where it is as it must be.
  func problems(in result: ExecutionResult, on backend: AttackedBackend) -> [String] {
    var problems: [String] = []
    if !verdicts.contains(result.details.errorType) {
      problems.append("verdict \(result.details.errorType?.rawValue ?? "completed"): \(result.error ?? "no error")")
    }
    return problems + checks.compactMap { $0.problem(in: result, of: self, on: backend) }
  }
}
