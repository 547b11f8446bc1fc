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

  /// Says that there is nothing, so that an empty plot is not taken for a plot that failed.
  func drawEmptiness(on canvas: inout SVGCanvas) {
    canvas.text("No data", (left + right) / 2, (top + bottom) / 2, anchor: .middle)
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

  /// Names stand on their lines, at the right; where lines are close together names move apart and stay in order.
  func drawRules(_ rules: [ChartRule], on canvas: inout SVGCanvas) {
    let shown = rules.filter { y.domain.contains($0.y) }
    let heights = shown.map { y.position($0.y) }
    for height in heights { canvas.line(left, height, right, height, "rule") }
    let baselines = LabelPlacement.spread(
      heights.map { $0 - 5 }, gap: 15, within: (top + 12)...max(top + 12, bottom - 5))
    for (rule, baseline) in zip(shown, baselines) {
      canvas.text(
        TextWidth.fitted(rule.name, to: right - left - 8), right - 4, baseline, anchor: .end, "ink halo")
    }
  }
}
