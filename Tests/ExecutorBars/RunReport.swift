import BarReporting
import FoundationEssentials

/// What `--json` prints.
struct RunReport: Encodable {
  /// One row's bars.
  struct Measurement: Encodable {
    let row: String
    /// Measures the row again.
    let command: String
    let bars: [Bar]
    /// See `CoreShortage`.
    let coreShortagePercent: Double?
    /// What executors reported that they could not do.
    let problems: [String]

    /// The same for a terminal, without the command.
    var text: String {
      let shortage = coreShortagePercent.map { "somebody waited for a core \(rounded($0)) % of this time" }
      let remarks = (shortage.map { [$0] } ?? []) + problems.map { "an executor reported: \($0)" }
      return (bars.map { "  " + $0.text } + remarks.map { "       " + $0 }).joined(separator: "\n")
    }
  }

  let machine: String
  var rows: [Measurement] = []

  var holds: Bool { rows.allSatisfy { $0.bars.allSatisfy(\.holds) } }

  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "n/a")
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
