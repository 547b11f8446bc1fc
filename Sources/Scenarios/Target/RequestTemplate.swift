/// A text with placeholders such as `{{code}}`.
public struct RequestTemplate: Sendable, Hashable {
  /// What stands in the place of a placeholder.
  public enum Placeholder: String, Sendable, Hashable, CaseIterable {
    /// The program's source text.
    case code
    /// The same, in base64.
    case codeBase64 = "code_base64"
    /// The name of the file that holds the program.
    case fileName = "file_name"
    /// The platform's word for the language.
    case language
    /// What the program reads.
    case stdin
    /// The same, in base64.
    case stdinBase64 = "stdin_base64"
    /// The program's arguments, a JSON list.
    case arguments = "args"
    /// The limits that the mix asks for, numbers or `null`.
    case wallTime = "wall_time_ms"
    case cpuTime = "cpu_time_ms"
    case memory = "memory_mb"
    /// The job's id, in a status read.
    case id
    /// Seconds that a status read may be held open, 0 where it should be answered at once.
    case wait
  }

  /// A piece of the text.
  public enum Piece: Sendable, Hashable {
    case text(String)
    case placeholder(Placeholder)
  }

  /// The pieces in order.
  public let pieces: [Piece]

  /// Reads a template.
  package init(_ text: String) throws(RequestTemplateError) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "{{") {
      if start.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<start.lowerBound]))) }
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: "}}") else { throw RequestTemplateError.unclosed }
      let name = String(rest[..<end.lowerBound])
      guard let placeholder = Placeholder(rawValue: name) else { throw RequestTemplateError.unknown(name) }
      pieces.append(.placeholder(placeholder))
      rest = rest[end.upperBound...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    self.pieces = pieces
  }

  /// The placeholders that occur.
  public var placeholders: Set<Placeholder> {
    Set(
      pieces.compactMap { piece in
        if case .placeholder(let placeholder) = piece { placeholder } else { nil }
      })
  }

  /// The text with every placeholder replaced.
  public func filled(_ value: (Placeholder) -> String) -> String {
    pieces.reduce(into: "") { text, piece in
      switch piece {
      case .text(let part): text += part
      case .placeholder(let placeholder): text += value(placeholder)
      }
    }
  }
}

/// A template that cannot be read.
package enum RequestTemplateError: Error, Hashable {
  /// `{{` without `}}`.
  case unclosed
  /// A name that stands for nothing.
  case unknown(String)
}
