/// A row of swatches with names above a plot, wrapped to the chart's width.
struct ChartKey {
  enum Swatch {
    case block
    case line
    case dashed
    case dot
    case ring
    /// A shade of a heat map.
    case shade(Int)
  }

  struct Entry {
    var name: String
    var color: ChartColor
    var swatch: Swatch
  }

  static let rowHeight = 18.0
  private static let gap = 16.0
  private static let swatchWidth = 18.0

  var entries: [Entry]

  /// Draws the key with its first row at `top`, and returns where it ends.
  func draw(on canvas: inout SVGCanvas, top: Double) -> Double {
    guard !entries.isEmpty else { return top }
    var x = 0.0
    var y = top
    for entry in entries {
      let width = Self.swatchWidth + TextWidth.of(entry.name)
      if x > 0, x + width > canvas.width {
        x = 0
        y += Self.rowHeight
      }
      draw(entry, on: &canvas, x: x, y: y)
      x += width + Self.gap
    }
    return y + Self.rowHeight
  }

  private func draw(_ entry: Entry, on canvas: inout SVGCanvas, x: Double, y: Double) {
    let (fill, stroke) = ("f-\(entry.color.rawValue)", "s-\(entry.color.rawValue)")
    switch entry.swatch {
    case .block: canvas.rect(x, y + 2, 11, 11, fill, radius: 2)
    case .line: canvas.line(x, y + 8, x + 12, y + 8, "line \(stroke)")
    case .dashed: canvas.line(x, y + 8, x + 12, y + 8, "line dash \(stroke)")
    case .dot: canvas.dots([ChartPoint(x + 6, y + 8)], "dot \(stroke)")
    case .shade(let step): canvas.rect(x, y + 2, 11, 11, "\(fill) shade-\(step)", radius: 2)
    case .ring: canvas.circle(x + 6, y + 8, 4, "ring \(stroke)")
    }
    canvas.text(TextWidth.fitted(entry.name, to: canvas.width - Self.swatchWidth), x + Self.swatchWidth, y + 12, "ink")
  }
}
