/// The lines of a terminal that a live view has drawn, and what to write to draw them anew.
///
/// The cursor always rests below the last line, visible, on the normal screen: whatever ends the process, there is
/// nothing to restore.
public struct LiveRegion: Sendable {
  private var drawn = 0
  private var width = 0

  /// Nothing is drawn.
  public init() {}

  /// Draws lines over those drawn before (ECMA-48 CUU, EL, ED).
  ///
  /// A terminal that has become narrower has broken the old lines, or cut them; where they begin is unknown, so the
  /// new ones are drawn below them.
  public mutating func draw(_ lines: [String], width: Int, height: Int) -> String {
    if width < self.width || drawn >= height { drawn = 0 }
    let text = home + lines.map { "\($0)\u{1b}[K\n" }.joined() + (lines.count < drawn ? "\u{1b}[J" : "")
    (drawn, self.width) = (lines.count, width)
    return text
  }

  /// Takes the lines away.
  public mutating func clear() -> String {
    guard drawn > 0 else { return "" }
    let text = home + "\u{1b}[J"
    drawn = 0
    return text
  }

  private var home: String { drawn > 0 ? "\r\u{1b}[\(drawn)A" : "\r" }
}
