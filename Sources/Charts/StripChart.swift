/// One row for each of several groups, with a dot for every value and marks at chosen ones: cold against warm, language by
/// language.
public struct StripChart: Chart {
  /// A value of a row that is pointed out.
  public struct Mark: Sendable, Hashable {
    /// What it is, for example `p50`.
    public var name: String
    /// Where it lies.
    public var value: Double
    /// Its interval; nil where it has none.
    public var interval: ClosedRange<Double>?

    /// A mark.
    public init(_ name: String, _ value: Double, interval: ClosedRange<Double>? = nil) {
      self.name = name
      self.value = value
      self.interval = interval
    }
  }

  /// One row.
  public struct Row: Sendable, Hashable {
    /// The group that it stands in; rows of one group are neighbours.
    public var group: String
    /// Its name within the group.
    public var name: String
    /// The colour.
    public var color: ChartColor
    /// All values.
    public var values: [Double]
    /// Values that are pointed out.
    public var marks: [Mark]
    /// The text at the right, for example the number of values.
    public var note: String

    /// A row.
    public init(
      group: String, name: String, color: ChartColor, values: [Double], marks: [Mark] = [], note: String = ""
    ) {
      self.group = group
      self.name = name
      self.color = color
      self.values = values
      self.marks = marks
      self.note = note
    }
  }

  /// What the chart shows.
  public var title: String
  /// What can be seen in it.
  public var summary: String
  /// The horizontal axis.
  public var axis: Axis
  /// The rows, in order.
  public var rows: [Row]
  /// Whether the table behind the chart begins with one row for each of these, in this order.
  public var rowsAreInTable: Bool

  /// A chart.
  public init(
    title: String, summary: String, axis: Axis, rows: [Row], rowsAreInTable: Bool = false
  ) {
    self.title = title
    self.summary = summary
    self.axis = axis
    self.rows = rows
    self.rowsAreInTable = rowsAreInTable
  }

  private static let pitch = 34.0
  private static let groupGap = 10.0

  /// The picture as one SVG element; `id` must be unique on the page.
  public func svg(_ size: ChartSize, id: String) -> String {
    var canvas = SVGCanvas(width: size.width, height: 0)
    let places = places()
    let bottom = (places.last ?? 0) + Self.pitch + 4
    let frame = frame(width: canvas.width, bottom: bottom)
    frame.drawGrid(on: &canvas, title: axis.title)
    for (index, row) in rows.enumerated() {
      if index == 0 || rows[index - 1].group != row.group { canvas.text(row.group, 0, places[index] + 26, "strong") }
      draw(row, at: places[index], in: frame, on: &canvas)
    }
    canvas.height = bottom + (axis.title.isEmpty ? 22 : 40)
    let readout = ChartReadout(
      direction: .down, places: rowsAreInTable ? places.map { $0 + 22 } : [],
      extent: (frame.scale.pixels.from, frame.scale.pixels.to))
    return canvas.document(
      title: title, description: summary, id: id, extraClass: size.rawValue, readout: readout)
  }

  private func places() -> [Double] {
    var place = 4.0
    return rows.enumerated().map { index, row in
      if index > 0 { place += Self.pitch + (rows[index - 1].group == row.group ? 0 : Self.groupGap) }
      return place
    }
  }

  private func frame(width: Double, bottom: Double) -> BarFrame {
    let groups = (rows.map { TextWidth.of($0.group) }.max() ?? 0) * 1.13
    let names = rows.map { TextWidth.of($0.name) }.max() ?? 0
    let notes = rows.map { TextWidth.of($0.note) }.max() ?? 0
    let values = rows.flatMap { row in
      row.values
        + row.marks.flatMap { [$0.value, $0.interval?.lowerBound, $0.interval?.upperBound].compactMap(\.self) }
    }
    let (left, right) = (groups + names + 26, width - max(notes + 12, 20))
    let scale = Scale(axis, values: values, from: left, to: right, maximumTicks: max(2, Int((right - left) / 56)))
    return BarFrame(scale: scale, top: 10, bottom: bottom)
  }

  private func draw(_ row: Row, at y: Double, in frame: BarFrame, on canvas: inout SVGCanvas) {
    let (left, color) = (frame.scale.pixels.from, row.color.rawValue)
    canvas.text(row.name, left - 12, y + 26, anchor: .end)
    canvas.text(row.note, canvas.width, y + 26, anchor: .end)
    let shown = row.values.enumerated().filter { axis.kind != .logarithmic || $0.element > 0 }
    // A fixed pattern spreads neighbours over the row's height; it is the same in every rendering.
    canvas.dots(
      shown.map { ChartPoint(frame.scale.position($0.element), y + 22 + Double(($0.offset * 7) % 11 - 5)) },
      "dot small s-\(color)")
    drawMarks(row, at: y, in: frame, on: &canvas)
  }

  private func drawMarks(_ row: Row, at y: Double, in frame: BarFrame, on canvas: inout SVGCanvas) {
    var free = -Double.infinity
    for mark in row.marks where axis.kind != .logarithmic || mark.value > 0 {
      let x = frame.scale.position(mark.value)
      if let interval = mark.interval {
        let (from, to) = (frame.scale.position(interval.lowerBound), frame.scale.position(interval.upperBound))
        canvas.rect(from, y + 13, max(1, to - from), 18, "range f-\(row.color.rawValue)")
      }
      canvas.line(x, y + 12, x, y + 32, "mark")
      let width = TextWidth.of(mark.name)
      // Marks close together keep their names side by side and in order.
      let centre = max(x, free + width / 2)
      canvas.text(mark.name, centre, y + 9, anchor: .middle, "ink halo")
      free = centre + width / 2 + 4
    }
  }
}
