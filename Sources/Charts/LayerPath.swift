/// Draws one layer into a plot, with no more marks than there are pixels to tell apart.
struct LayerPath {
  let layer: ChartLayer
  let frame: PlotFrame

  func draw(on canvas: inout SVGCanvas) {
    let color = layer.color.rawValue
    switch layer.form {
    case .line: drawLine(on: &canvas, "line s-\(color)")
    case .dashed: drawLine(on: &canvas, "line dash s-\(color)")
    case .curve: drawCurve(on: &canvas, color)
    case .steps: canvas.path(steps(placed), "line s-\(color)")
    case .area: drawArea(on: &canvas, color)
    case .dots: canvas.dots(distinct, layer.points.count > 2_000 ? "dot dense s-\(color)" : "dot s-\(color)")
    case .rings:
      for point in distinct { canvas.circle(point.x, point.y, 5, "ring s-\(color)") }
    case .range(let upper): drawRange(upper, on: &canvas, "range f-\(color)")
    }
  }

  private var placed: [ChartPoint] {
    Self.decimated(layer.points.map { ChartPoint(frame.x.position($0.x), frame.y.position($0.y)) })
  }

  private func drawLine(on canvas: inout SVGCanvas, _ classes: String) {
    let points = placed
    if points.count > 1 { canvas.path(Self.joined(points), classes) }
    // Few points are values that somebody may want to read off; one alone has no line at all.
    if points.count <= 12 {
      for point in points { canvas.circle(point.x, point.y, 3, "f-\(layer.color.rawValue)") }
    }
  }

  /// A point that has a gap on either side is a dot, because its line would have no length.
  private func drawCurve(on canvas: inout SVGCanvas, _ color: String) {
    let pieces = layer.points.split { $0.y.isNaN }.map { piece in
      Self.decimated(piece.map { ChartPoint(frame.x.position($0.x), frame.y.position($0.y)) })
    }
    let path = pieces.filter { $0.count > 1 }.map(Self.joined).joined()
    if !path.isEmpty { canvas.path(path, "line s-\(color)") }
    for piece in pieces where piece.count == 1 { canvas.circle(piece[0].x, piece[0].y, 2.5, "f-\(color)") }
  }

  private func drawArea(on canvas: inout SVGCanvas, _ color: String) {
    let points = placed
    guard let first = points.first, let last = points.last else { return }
    let floor = SVGCanvas.number(frame.bottom)
    let outline = steps(points)
    canvas.path(
      "\(outline)L\(SVGCanvas.number(last.x)) \(floor)L\(SVGCanvas.number(first.x)) \(floor)Z", "area f-\(color)")
    canvas.path(outline, "thin s-\(color)")
  }

  /// The points that can be told apart: one of those that share a cell, of a pixel or, where there are many, of three.
  private var distinct: [ChartPoint] {
    let cell = layer.points.count > 2_000 ? 3.0 : 1.0
    var seen: Set<Int> = []
    return layer.points.compactMap { point in
      let (x, y) = (frame.x.position(point.x), frame.y.position(point.y))
      guard seen.insert(Int(x / cell) * 10_000 + Int(y / cell)).inserted else { return nil }
      return cell > 1 ? ChartPoint(x.rounded(), y.rounded()) : ChartPoint(x, y)
    }
  }

  private func drawRange(_ upper: [ChartPoint], on canvas: inout SVGCanvas, _ classes: String) {
    guard layer.points.count > 1 else { return }
    let there = layer.points.map { ChartPoint(frame.x.position($0.x), frame.y.position($0.y)) }
    let back = upper.reversed().map { ChartPoint(frame.x.position($0.x), frame.y.position($0.y)) }
    canvas.path(Self.joined(there + back) + "Z", classes)
  }

  private func steps(_ points: [ChartPoint]) -> String {
    guard let first = points.first else { return "" }
    var path = "M\(SVGCanvas.number(first.x)) \(SVGCanvas.number(first.y))"
    for point in points.dropFirst() { path += "H\(SVGCanvas.number(point.x))V\(SVGCanvas.number(point.y))" }
    return path
  }

  private static func joined(_ points: [ChartPoint]) -> String {
    points.enumerated().map { "\($0 == 0 ? "M" : "L")\(SVGCanvas.number($1.x)) \(SVGCanvas.number($1.y))" }.joined()
  }

  /// First, lowest, highest and last point of each pixel column, in order.
  static func decimated(_ points: [ChartPoint]) -> [ChartPoint] {
    guard points.count > 1_500 else { return points }
    var kept: [ChartPoint] = []
    var start = 0
    while start < points.count {
      var end = start
      while end < points.count, Int(points[end].x) == Int(points[start].x) { end += 1 }
      let column = start..<end
      let lowest = column.min { points[$0].y < points[$1].y } ?? start
      let highest = column.max { points[$0].y < points[$1].y } ?? start
      kept += Set([start, lowest, highest, end - 1]).sorted().map { points[$0] }
      start = end
    }
    return kept
  }
}
