/// Horizontal bars made of parts, in groups, each with its total at its end.
public struct StackedBarChart: Chart {
  /// A part that bars are made of.
  public struct Part: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its colour.
    public var color: ChartColor

    /// A part.
    public init(_ name: String, _ color: ChartColor) {
      self.name = name
      self.color = color
    }
  }

  /// One bar.
  public struct Bar: Sendable, Hashable {
    /// The group that it stands in; bars of one group are neighbours.
    public var group: String
    /// Its name within the group.
    public var name: String
    /// A length for each part, at least 0.
    public var values: [Double]
    /// The text at its end.
    public var total: String

    /// A bar.
    public init(group: String, name: String, values: [Double], total: String) {
      self.group = group
      self.name = name
      self.values = values
      self.total = total
    }
  }

  /// What the chart shows.
  public var title: String
  /// What can be seen in it.
  public var summary: String
  /// The horizontal axis.
  public var axis: Axis
  /// The parts, in order.
  public var parts: [Part]
  /// The bars, in order.
  public var bars: [Bar]
  /// Whether the table behind the chart begins with one row for each of these, in this order.
  public var rowsAreInTable: Bool

  /// A chart.
  public init(
    title: String, summary: String, axis: Axis, parts: [Part], bars: [Bar], rowsAreInTable: Bool = false
  ) {
    self.title = title
    self.summary = summary
    self.axis = axis
    self.parts = parts
    self.bars = bars
    self.rowsAreInTable = rowsAreInTable
  }

  private static let barHeight = 20.0
  private static let pitch = 27.0
  private static let groupGap = 14.0

  /// The picture as one SVG element; `id` must be unique on the page.
  public func svg(_ size: ChartSize, id: String) -> String {
    var canvas = SVGCanvas(width: size.width, height: 0)
    let shown = parts.indices.filter { index in bars.contains { $0.values[index] > 0 } }
    let key = ChartKey(entries: shown.map { .init(name: parts[$0].name, color: parts[$0].color, swatch: .block) })
    let top = key.draw(on: &canvas, top: 0) + 10
    let places = rows(top: top)
    let bottom = (places.last ?? top) + Self.barHeight + 8
    let frame = frame(width: canvas.width, top: top, bottom: bottom)
    frame.drawGrid(on: &canvas, title: axis.title)
    for (bar, place) in zip(bars, places) { draw(bar, at: place, in: frame, on: &canvas) }
    drawGroups(places, on: &canvas)
    canvas.height = bottom + (axis.title.isEmpty ? 22 : 40)
    let readout = ChartReadout(
      direction: .down, places: rowsAreInTable ? places.map { $0 + Self.barHeight / 2 } : [],
      extent: (frame.scale.pixels.from, frame.scale.pixels.to))
    return canvas.document(
      title: title, description: summary, id: id, extraClass: size.rawValue, readout: readout)
  }

  private func rows(top: Double) -> [Double] {
    var place = top
    return bars.enumerated().map { index, bar in
      if index > 0 { place += Self.pitch + (bars[index - 1].group == bar.group ? 0 : Self.groupGap) }
      return place
    }
  }

  private func frame(width: Double, top: Double, bottom: Double) -> BarFrame {
    let groups = (bars.map { TextWidth.of($0.group) }.max() ?? 0) * 1.13
    let names = bars.map { TextWidth.of($0.name) }.max() ?? 0
    let totals = bars.map { TextWidth.of($0.total) * 1.13 }.max() ?? 0
    let left = groups + 10 + names + 10
    let right = width - totals - 8
    // The longest bar fills the width: its total, and not the next tick, is what a reader looks for.
    var fitted = axis
    if fitted.range == nil {
      fitted.range = 0...max(bars.map { $0.values.reduce(0, +) }.max() ?? 0, .leastNonzeroMagnitude)
    }
    let scale = Scale(
      fitted, values: [], from: left, to: right, maximumTicks: max(2, Int((right - left) / 64)))
    return BarFrame(scale: scale, top: top, bottom: bottom)
  }

  private func draw(_ bar: Bar, at y: Double, in frame: BarFrame, on canvas: inout SVGCanvas) {
    canvas.text(bar.name, frame.scale.pixels.from - 10, y + 14, anchor: .end)
    var sum = 0.0
    for (part, value) in zip(parts, bar.values) where value > 0 {
      let (from, to) = (frame.scale.position(sum), frame.scale.position(sum + value))
      // A hair of the page between neighbours keeps alike lightnesses apart.
      canvas.rect(from, y, max(0.6, to - from - (to - from > 3 ? 1 : 0)), Self.barHeight, "f-\(part.color.rawValue)")
      if to - from > TextWidth.of(part.name) + 12 {
        canvas.text(part.name, from + 6, y + 14, "o-\(part.color.rawValue)")
      }
      sum += value
    }
    canvas.text(bar.total, frame.scale.position(sum) + 6, y + 14, "strong halo")
  }

  private func drawGroups(_ places: [Double], on canvas: inout SVGCanvas) {
    for (index, bar) in bars.enumerated() where index == 0 || bars[index - 1].group != bar.group {
      canvas.text(bar.group, 0, places[index] + 14, "strong")
    }
  }
}
