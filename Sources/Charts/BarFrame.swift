/// The rectangle of a chart whose rows are things and whose horizontal axis measures them.
struct BarFrame {
  let scale: Scale
  let top: Double
  let bottom: Double

  func drawGrid(on canvas: inout SVGCanvas, title: String) {
    var free = -Double.infinity
    for tick in scale.ticks {
      let place = scale.position(tick)
      canvas.line(place, top - 4, place, bottom, "grid")
      let text = scale.text(tick)
      let width = TextWidth.of(text)
      let centre = min(place, canvas.width - width / 2)
      guard centre - width / 2 > free else { continue }
      canvas.text(text, centre, bottom + 15, anchor: .middle)
      free = centre + width / 2 + 6
    }
    if !title.isEmpty {
      canvas.text(title, (scale.pixels.from + scale.pixels.to) / 2, bottom + 34, anchor: .middle)
    }
  }
}
