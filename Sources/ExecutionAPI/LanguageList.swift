import Jobs

/// The answer of `GET /languages`: what programs may be written in, and what they may ask for.
struct LanguageList: Encodable {
  private struct Entry: Encodable {
    let name: String
    let title: String
  }

  private struct Limit: Encodable {
    let `default`: Int
    let minimum: Int
    let maximum: Int

    init(_ value: Int, in range: ClosedRange<Int>) {
      `default` = value
      minimum = range.lowerBound
      maximum = range.upperBound
    }
  }

  private struct LimitList: Encodable {
    let wallTimeMs: Limit
    let cpuTimeMs: Limit
    let memoryMB: Limit
  }

  private let languages: [Entry]
  private let limits: LimitList

  init(_ rules: SubmissionRules) {
    languages = Language.allCases.map { Entry(name: $0.rawValue, title: $0.title) }
    limits = LimitList(
      wallTimeMs: Limit(rules.defaults.wallTimeMs, in: rules.wallTimeMs),
      cpuTimeMs: Limit(rules.defaults.cpuTimeMs, in: rules.cpuTimeMs),
      memoryMB: Limit(rules.defaults.memoryMB, in: rules.memoryMB))
  }
}
