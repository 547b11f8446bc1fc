/// Collects the elements of one SVG picture.
///
/// Every text is escaped here, and coordinates have one decimal at most, so that a picture is small and the same on every
/// machine.
struct SVGCanvas {
  enum Anchor: String {
    case start
    case middle
    case end
  }

  private(set) var body = ""
  let width: Double
  var height: Double

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ classes: String) {
    add(
      "<path class=\"\(classes)\" d=\"M\(Self.number(x1)) \(Self.number(y1))L\(Self.number(x2)) \(Self.number(y2))\"/>")
  }

  mutating func path(_ data: String, _ classes: String) {
    add("<path class=\"\(classes)\" d=\"\(data)\"/>")
  }

  mutating func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ classes: String, radius: Double = 0)
  {
    let rounding = radius > 0 ? " rx=\"\(Self.number(radius))\"" : ""
    add(
      "<rect class=\"\(classes)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(0, width)))\" "
        + "height=\"\(Self.number(max(0, height)))\"\(rounding)/>")
  }

  mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ classes: String) {
    add(
      "<circle class=\"\(classes)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\"/>")
  }

  /// Dots as one path of strokes without length, whose round caps are the dots: a tenth of the bytes of circles.
  mutating func dots(_ points: [ChartPoint], _ classes: String) {
    guard !points.isEmpty else { return }
    path(points.map { "M\(Self.number($0.x)) \(Self.number($0.y))h0" }.joined(), classes)
  }

  mutating func text(_ text: String, _ x: Double, _ y: Double, anchor: Anchor = .start, _ classes: String = "") {
    let anchoring = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    let styling = classes.isEmpty ? "" : " class=\"\(classes)\""
    add("<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(anchoring)\(styling)>\(Self.escape(text))</text>")
  }

  /// The whole picture; `id` makes the ids of title and description unique on a page.
  func document(
    title: String, description: String, id: String, extraClass: String, readout: ChartReadout? = nil
  ) -> String {
    """
    <svg class="chart \(extraClass)" viewBox="0 0 \(Self.number(width)) \(Self.number(height))" role="img" \
    aria-labelledby="\(id)-t \(id)-d"\(readout?.attributes ?? "") xmlns="http://www.w3.org/2000/svg">
    <title id="\(id)-t">\(Self.escape(title))</title>
    <desc id="\(id)-d">\(Self.escape(description))</desc>
    \(body)</svg>

    """
  }

  private mutating func add(_ element: String) {
    body += element
    body += "\n"
  }

  /// A coordinate with one decimal at most and no "-0".
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    if tenths % 10 == 0 { return String(tenths / 10) }
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// Text as XML character data; what XML cannot hold becomes U+FFFD, and so do the marks that turn the direction of writing.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped += " "
      case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}":
        escaped += "\u{fffd}"
      case _ where scalar.value & 0xfffe == 0xfffe || (0xfdd0...0xfdef).contains(scalar.value): escaped += "\u{fffd}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
