package import Scenarios

/// Any JSON value, for answers whose shape only a scenario knows.
package enum JSONTree: Sendable, Equatable, Decodable {
  case null
  case truth(Bool)
  case whole(Int64)
  case number(Double)
  case text(String)
  case list([JSONTree])
  case object([String: JSONTree])

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([String: JSONTree].self) {
      self = .object(value)
    } else if let value = try? container.decode([JSONTree].self) {
      self = .list(value)
    } else if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .whole(value)
    } else {
      self = .number(try container.decode(Double.self))
    }
  }

  /// The value at a path; nil where there is none or it is null.
  package subscript(path: JSONPath) -> JSONTree? {
    var value = self
    for step in path.steps {
      switch (step, value) {
      case (.member(let name), .object(let members)):
        guard let member = members[name] else { return nil }
        value = member
      case (.element(let index), .list(let elements)):
        let position = index < 0 ? elements.count + index : index
        guard elements.indices.contains(position) else { return nil }
        value = elements[position]
      default: return nil
      }
    }
    return value == .null ? nil : value
  }

  /// The value as a word: ids and states may be numbers, or true and false.
  package var word: String? {
    switch self {
    case .text(let text): text
    case .whole(let number): "\(number)"
    case .truth(let value): "\(value)"
    case .number(let number): "\(number)"
    case .null, .list, .object: nil
    }
  }

  /// The value as a number, also where it is written in a text.
  package var double: Double? {
    switch self {
    case .whole(let number): Double(number)
    case .number(let number): number
    case .text(let text): Double(text)
    case .null, .truth, .list, .object: nil
    }
  }
}
