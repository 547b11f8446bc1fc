/// Jobs as JSON lines: one object a job (RFC 8259); what is not known is left out.
enum JobJSON {
  static func line(_ record: JobRecord, cost: Double?? = nil) -> String {
    let names = JobRecord.fieldNames + [JobCSV.dollars]
    let members = zip(names, record.fields + JobField.priced(cost)).compactMap { name, field in
      value(field).map { "\"\(name)\":\($0)" }
    }
    return "{" + members.joined(separator: ",") + "}\n"
  }

  private static func value(_ field: JobField) -> String? {
    switch field {
    case .number(let value): "\(value)"
    case .real(let value): value.isFinite ? "\(value)" : nil
    case .truth(let value): "\(value)"
    case .text(let value): quoted(value)
    case .unknown: nil
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      // Line and paragraph separators are legal in JSON, and end a line for many readers of lines.
      case _ where scalar.value < 0x20 || scalar.value == 0x7f || scalar.value == 0x2028 || scalar.value == 0x2029:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
