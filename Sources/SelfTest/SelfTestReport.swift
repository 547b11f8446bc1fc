import FoundationEssentials
import Statistics

/// The results of a self-test as text and as JSON.
public struct SelfTestReport: Codable, Sendable {
  /// Version of this structure.
  public var schemaVersion = 1
  /// What came of the whole: the worst of the cases.
  public var verdict: SelfTestVerdict
  /// The cases.
  public var cases: [SelfTestResult]

  /// The report of some results; none of them is a failure.
  public init(_ results: [SelfTestResult]) {
    cases = results
    let verdicts = Set(results.map(\.verdict))
    verdict =
      verdicts.isEmpty || verdicts.contains(.failed)
      ? .failed : verdicts.contains(.inconclusive) ? .inconclusive : .passed
  }

  /// The report for tools, keys sorted.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("a self-test could not be encoded")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// The table of truth against measured, for a person.
  public var text: String {
    cases.map(Self.text).joined(separator: "\n") + "\n\n" + conclusion
  }

  private var conclusion: String {
    let counts = SelfTestVerdict.allCases.compactMap { verdict in
      let count = cases.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(verdict.rawValue)" : nil
    }
    return "self-test \(verdict.rawValue): \(counts.joined(separator: ", "))"
  }

  private static func text(of result: SelfTestResult) -> String {
    let title = "\(result.name)   \(result.verdict.rawValue)   \(result.title)"
    let header = [["", "figure", "truth", "measured", "allowed"]]
    let rows = result.figures.map { figure in
      [figure.passed ? "✓" : "✕", figure.name, figure.truth, figure.measured, figure.tolerance]
    }
    let notes = [
      "truth: \(result.truth)", result.problem.map { "could not be run: \($0)" },
      result.verdict == .inconclusive ? result.machine.map { "machine too busy: \($0.text)" } : nil,
    ]
    let lines = (rows.isEmpty ? [] : aligned(header + rows)) + notes.compactMap(\.self)
    return ([title] + lines.map { "  \($0)" }).joined(separator: "\n") + "\n"
  }

  private static func aligned(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        column == columns - 1
          ? text : text + String(repeating: " ", count: widths[column] - text.count)
      }
      return cells.joined(separator: "   ")
    }
  }
}
