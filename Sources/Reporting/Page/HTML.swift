/// A piece of a page that is safe by construction.
///
/// A string literal is markup; whatever text is interpolated into it is escaped, so job output cannot become markup. Only
/// `trusted`, for pictures that escape by themselves, lets a finished string through.
struct HTML: ExpressibleByStringInterpolation, Sendable {
  private(set) var text: String

  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }
  init(trusted text: String) { self.text = text }

  struct StringInterpolation: StringInterpolationProtocol {
    var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }
    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ content: String) { text += HTML.tied(HTML.escape(content)) }
    /// Text that a reader may copy: every space stays a space.
    mutating func appendInterpolation(verbatim content: String) { text += HTML.escape(content) }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
    mutating func appendInterpolation(_ part: HTML) { text += part.text }
    mutating func appendInterpolation(_ part: HTML?) { text += part?.text ?? "" }
    mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }
  }

  private static let units: Set<String> = ["%", "ns", "µs", "ms", "s", "min", "h", "B", "KiB", "MiB", "GiB", "TiB"]

  /// Ties a number to the unit after it and a dash to what is before it, so that no line begins with either.
  static func tied(_ text: String) -> String {
    guard text.contains(" ") else { return text }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    var joined = String(words[0])
    for (before, word) in zip(words, words.dropFirst()) {
      let unit = String(word.prefix { !",.;:)/".contains($0) })
      joined += word == "–" || before.last?.isNumber == true && units.contains(unit) ? "\u{a0}" : " "
      joined += word
    }
    return joined
  }

  /// Text as character data or attribute value; what HTML cannot hold becomes U+FFFD, and so do the marks that turn the
  /// direction of writing, with which hostile output could reorder what a reader sees.
  static func escape(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}":
        escaped += "\u{fffd}"
      case _ where scalar.value & 0xfffe == 0xfffe || (0xfdd0...0xfdef).contains(scalar.value): escaped += "\u{fffd}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
