/// Jobs as comma-separated values (RFC 4180): one line of names, then a line a job; what is not known is empty.
enum JobCSV {
  /// The names; `dollars` last where jobs are priced.
  static func header(isPriced: Bool) -> String { line(JobRecord.fieldNames + (isPriced ? [dollars] : [])) }

  /// The column of what a job cost.
  static let dollars = "dollars"

  /// A job, with what it cost where jobs are priced; an unknown cost is empty.
  static func row(_ record: JobRecord, cost: Double?? = nil) -> String {
    line(
      (record.fields + JobField.priced(cost)).map { field in
        switch field {
        case .number(let value): "\(value)"
        case .real(let value): "\(value)"
        case .truth(let value): value ? "1" : "0"
        case .text(let value): quoted(value)
        case .unknown: ""
        }
      })
  }

  private static func line(_ values: [String]) -> String { values.joined(separator: ",") + "\r\n" }

  /// An empty text is quoted, so that it differs from one that is not known.
  private static func quoted(_ text: String) -> String {
    let special = text.utf8.contains { [0x22, 0x2c, 0x0a, 0x0d].contains($0) }
    guard special || text.isEmpty else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
