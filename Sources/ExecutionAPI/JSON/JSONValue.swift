/// A JSON value as it was sent: members in order, numbers as they were written.
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// The literal, for example `5.0`; what it means is for its reader to say.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([(name: String, value: JSONValue)])

  /// The value as an error message quotes it, long ones cut short.
  package var quoted: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let literal): String(literal.prefix(40))
    case .string(let text): quote(text)
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// A text in quotation marks, control characters and what is beyond 40 characters replaced.
func quote(_ text: String) -> String {
  var line = "\""
  for scalar in text.unicodeScalars.prefix(40) {
    switch scalar {
    case "\"", "\\": line += "\\\(scalar)"
    case "\n": line += "\\n"
    case _ where scalar.properties.generalCategory == .control: line += "\\u{\(String(scalar.value, radix: 16))}"
    default: line.unicodeScalars.append(scalar)
    }
  }
  return line + (text.unicodeScalars.count > 40 ? "...\"" : "\"")
}
