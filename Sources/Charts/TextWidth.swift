/// How wide text may be, without a font: an upper estimate over the system fonts that pages use.
enum TextWidth {
  static let size = 12.0

  /// Pixels of a text at 12 px.
  static func of(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + emWidth($1) } * size
  }

  /// Pixels of a text at 12 px in the weight of labels.
  static func ofStrong(_ text: String) -> Double { of(text) * 1.13 }

  /// The text, cut with an ellipsis where it is wider than allowed.
  static func fitted(_ text: String, to width: Double) -> String {
    guard of(text) > width else { return text }
    var kept = text
    while !kept.isEmpty, of(kept) + size > width { kept.removeLast() }
    return kept + "…"
  }

  // Widths of DejaVu Sans, the widest of the usual system fonts.
  private static func emWidth(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "|", ".", ",", ":", ";", "'", "!", " ": 0.34
    case "f", "t", "r", "(", ")", "-", "/", "·": 0.42
    case "m", "w", "M", "W", "@", "%": 0.96
    case "0"..."9": 0.64
    case "A"..."Z": 0.72
    case "\u{300}"...: 0.9
    default: 0.62
    }
  }
}
