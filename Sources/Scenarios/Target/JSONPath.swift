/// A place in a JSON text: the part of JSONPath (RFC 9535) that names exactly one value, such as `$.data[0]['a b']`.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
  /// A step from a value into it.
  public enum Step: Sendable, Hashable {
    /// Into the member of an object.
    case member(String)
    /// To an element of a list, from 0, or from the end where negative.
    case element(Int)
  }

  /// The steps from the whole text.
  public let steps: [Step]
  /// The path as it was written.
  public let description: String

  /// Reads a path.
  package init(_ text: String) throws(JSONPathError) {
    var reading = JSONPathReading(text)
    steps = try reading.steps()
    description = text
  }
}

/// A path that cannot be read: where in it, and why.
package struct JSONPathError: Error, Hashable {
  /// Characters before the mistake.
  package let offset: Int
  /// What is wrong there.
  package let what: String
}

private struct JSONPathReading {
  private let text: [Character]
  private var position = 0

  init(_ text: String) {
    self.text = Array(text)
  }

  mutating func steps() throws(JSONPathError) -> [JSONPath.Step] {
    guard next == "$" else { throw error("a path starts with '$'") }
    position += 1
    var steps: [JSONPath.Step] = []
    while let character = next {
      position += 1
      switch character {
      case ".": steps.append(.member(try name()))
      case "[": steps.append(try bracket())
      default:
        position -= 1
        throw error("'\(character)' where '.' or '[' must be")
      }
    }
    return steps
  }

  private var next: Character? { position < text.count ? text[position] : nil }

  private mutating func name() throws(JSONPathError) -> String {
    let start = position
    while let character = next, character.isLetter || character.isNumber || character == "_" || character == "-" {
      position += 1
    }
    guard position > start else {
      throw error(
        next == "." || next == "*" ? "a path names one value: '..' and '*' are not read" : "no name after '.'")
    }
    return String(text[start..<position])
  }

  private mutating func bracket() throws(JSONPathError) -> JSONPath.Step {
    let step: JSONPath.Step
    if let quote = next, quote == "'" || quote == "\"" {
      position += 1
      step = .member(try quoted(until: quote))
    } else {
      let start = position
      while let character = next, character != "]" { position += 1 }
      guard let index = Int(String(text[start..<position])) else {
        position = start
        throw error("between '[' and ']' must be a number or a name in quotes")
      }
      step = .element(index)
    }
    guard next == "]" else { throw error("no ']'") }
    position += 1
    return step
  }

  private mutating func quoted(until quote: Character) throws(JSONPathError) -> String {
    var name = ""
    while let character = next, character != quote {
      position += 1
      if character == "\\", let escaped = next {
        position += 1
        name.append(escaped)
      } else {
        name.append(character)
      }
    }
    guard next == quote else { throw error("the name has no closing \(quote)") }
    position += 1
    return name
  }

  private func error(_ what: String) -> JSONPathError { JSONPathError(offset: position, what: what) }
}
