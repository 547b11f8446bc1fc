/// How rows of a live view are set: a title column, parts that fit the width, colour where there may be some.
struct LivePaint {
  /// Columns that a row may fill.
  let width: Int
  let isColoured: Bool

  private static let titleWidth = 11
  private static let steps = Array("▁▂▃▄▅▆▇█")

  /// A part that somebody should look at.
  func warning(_ text: String) -> Part { Part(text: text, colour: "33") }

  /// A title and as many parts as fit; three dots where some do not.
  func row(_ title: String, _ parts: [Part]) -> String {
    var (used, text) = (Self.titleWidth, "")
    for (index, part) in parts.enumerated() {
      let separator = index == 0 ? "" : ", "
      let reserve = index == parts.count - 1 ? 0 : 5
      guard used + separator.count + part.text.count + reserve <= width else {
        guard index > 0 else { return String((padded(title, Self.titleWidth) + part.text).prefix(width)) }
        return titled(title) + text + ", ..."
      }
      used += separator.count + part.text.count
      text += separator + colour(part.text, part.colour)
    }
    return titled(title) + text
  }

  /// A title, a bar of what has passed, and a time.
  func bar(_ title: String, share: Double, _ time: String) -> String {
    let name = String(title.prefix(max(width / 3, 1)))
    let room = width - max(name.count, Self.titleWidth - 1) - time.count - 4
    guard room >= 8 else { return String("\(title) \(time)".prefix(width)) }
    let filled = Int((min(max(share.isFinite ? share : 0, 0), 1) * Double(room)).rounded(.down))
    let bar = colour(String(repeating: "#", count: filled), "32") + String(repeating: "-", count: room - filled)
    return "\(padded(name, Self.titleWidth - 1)) [\(bar)] \(time)"
  }

  /// A title, a value, and the curve behind it, as much of its end as fits; `top` is the highest step.
  func sparkline(_ title: String, _ value: String, _ values: [Double], top: Double) -> String {
    let room = width - Self.titleWidth - 10
    guard room > 0 else { return row(title, [Part(text: value)]) }
    let curve = values.suffix(room).map { Self.step($0, top: top) }
    return trimmed(titled(title) + padded(value, 10), colour(String(curve), "36"))
  }

  private static func step(_ value: Double, top: Double) -> Character {
    guard top > 0, value > 0 else { return " " }
    return steps[min(Int(value / top * 8), 7)]
  }

  private func trimmed(_ text: String, _ rest: String) -> String {
    guard rest.isEmpty else { return text + rest }
    return String(text.reversed().drop { $0 == " " }.reversed())
  }

  private func titled(_ title: String) -> String {
    colour(padded(title, Self.titleWidth), "2")
  }

  private func padded(_ text: String, _ count: Int) -> String {
    text + String(repeating: " ", count: max(count - text.count, 0))
  }

  private func colour(_ text: String, _ code: String?) -> String {
    guard isColoured, let code, !text.isEmpty else { return text }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }
}

/// A part of a row; never broken in two.
struct Part {
  var text: String
  var colour: String?
}
