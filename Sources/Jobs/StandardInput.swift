/// What a program reads on standard input: one text, or several for as many runs of one compiled program.
///
/// In JSON a string, or a list of strings.
public enum StandardInput: Sendable, Hashable, ExpressibleByStringLiteral {
  case one(String)
  /// One run for each, in order.
  case each([String])

  /// One text.
  public init(stringLiteral value: String) {
    self = .one(value)
  }

  /// The text of every run.
  public var texts: [String] {
    switch self {
    case .one(let text): [text]
    case .each(let texts): texts
    }
  }
}

extension StandardInput: Codable {
  /// Reads a string or a list of strings.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .one(text)
    } else {
      self = .each(try container.decode([String].self))
    }
  }

  /// Writes a string or a list of strings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .one(let text): try container.encode(text)
    case .each(let texts): try container.encode(texts)
    }
  }
}
