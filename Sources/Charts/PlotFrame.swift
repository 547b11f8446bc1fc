/// The rectangle that data lie in, with its two scales.
struct PlotFrame {
  let x: Scale
  let y: Scale

  var left: Double { x.pixels.from }
  var right: Double { x.pixels.to }
  var top: Double { y.pixels.to }
  var bottom: Double { y.pixels.from }

  func drawAxes(on canvas: inout SVGCanvas, title: String) {
    for tick in y.ticks {
      let height = y.position(tick)
      canvas.line(left, height, right, height, "grid")
      canvas.text(y.text(tick), left - 6, height + 4, anchor: .end)
    }
    canvas.line(left, bottom, right, bottom, "axis")
    drawHorizontalTicks(on: &canvas)
    if !title.isEmpty { canvas.text(title, (left + right) / 2, bottom + 34, anchor: .middle) }
  }

  /// Ticks whose texts would touch the one before are left without a text.
  private func drawHorizontalTicks(on canvas: inout SVGCanvas) {
    var free = -Double.infinity
    for tick in x.ticks {
      let place = x.position(tick)
      canvas.line(place, bottom, place, bottom + 4, "axis")
      let text = x.text(tick)
      let width = TextWidth.of(text)
      let centre = min(place, canvas.width - width / 2)
      guard centre - width / 2 > free else { continue }
      canvas.text(text, centre, bottom + 17, anchor: .middle)
      free = centre + width / 2 + 6
    }
  }

  func drawBands(_ bands: [ChartBand], on canvas: inout SVGCanvas) {
    for band in bands {
      let (from, to) = (x.position(band.from), x.position(band.to))
      if band.isShaded { canvas.rect(from, top, to - from, bottom - top, "band") }
      if from > left { canvas.line(from, top - 16, from, bottom, "border") }
    }
  }

  func drawBandNames(_ bands: [ChartBand], on canvas: inout SVGCanvas) {
    for band in bands {
      let (from, to) = (x.position(band.from), x.position(band.to))
      guard TextWidth.of(band.name) + 6 <= to - from else { continue }
      canvas.text(band.name, from + (from > left ? 4 : 0), top - 8)
    }
  }

  func drawRules(_ rules: [ChartRule], on canvas: inout SVGCanvas) {
    for rule in rules where y.domain.contains(rule.y) {
      let height = y.position(rule.y)
      canvas.line(left, height, right, height, "rule")
      let above = height - 5 > top + 10
      canvas.text(rule.name, right - 4, above ? height - 5 : height + 14, anchor: .end, "ink halo")
    }
  }
}
