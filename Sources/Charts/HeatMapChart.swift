/// How many of something lie in each cell of a grid, as shades of one colour: latency over time, where a mean or a
/// percentile would hide that there are two kinds of jobs.
public struct HeatMapChart: Chart {
  /// What the chart shows.
  public var title: String
  /// What can be seen in it.
  public var summary: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// What is counted, in the plural, for the key.
  public var things: String
  /// Borders of the columns, one more than there are columns.
  public var columns: [Double]
  /// Borders of the rows, lowest first, one more than there are rows.
  public var rows: [Double]
  /// Counts by column and, in it, by row.
  public var counts: [[Int]]
  /// Named stretches of the horizontal axis.
  public var bands: [ChartBand]
  /// Levels that matter.
  public var rules: [ChartRule]

  /// A chart; traps where the grid and its borders do not fit together.
  public init(
    title: String, summary: String, x: Axis, y: Axis, things: String, columns: [Double], rows: [Double],
    counts: [[Int]], bands: [ChartBand] = [], rules: [ChartRule] = []
  ) {
    precondition(
      columns.count == counts.count + 1 && counts.allSatisfy { $0.count == rows.count - 1 },
      "\(columns.count) and \(rows.count) borders do not enclose \(counts.count) columns of \(counts.first?.count ?? 0)"
    )
    self.title = title
    self.summary = summary
    self.x = x
    self.y = y
    self.things = things
    self.columns = columns
    self.rows = rows
    self.counts = counts
    self.bands = bands
    self.rules = rules
  }

  private static let height = 240.0

  /// The picture as one SVG element; `id` must be unique on the page.
  public func svg(_ size: ChartSize, id: String) -> String {
    var canvas = SVGCanvas(width: size.width, height: 0)
    let steps = ShadeSteps(largest: counts.joined().max() ?? 0)
    var top = key(steps).draw(on: &canvas, top: 0) + 4
    canvas.text(TextWidth.fitted(y.title, to: canvas.width), 0, top + 11)
    top += bands.isEmpty ? 26 : 40
    let frame = frame(top: top, width: canvas.width)
    canvas.height = frame.bottom + (x.title.isEmpty ? 22 : 38)
    frame.drawBands(bands, on: &canvas)
    frame.drawAxes(on: &canvas, title: x.title)
    for step in steps.all { canvas.path(cells(of: step, steps, in: frame), "f-blue shade-\(step)") }
    if steps.all.isEmpty { frame.drawEmptiness(on: &canvas) }
    frame.drawBandNames(bands, on: &canvas)
    frame.drawRules(rules, on: &canvas)
    let middles = zip(columns, columns.dropFirst()).map { frame.x.position(($0 + $1) / 2) }
    return canvas.document(
      title: title, description: summary, id: id, extraClass: size.rawValue,
      readout: ChartReadout(direction: .across, places: middles, extent: (frame.top, frame.bottom)))
  }

  private func key(_ steps: ShadeSteps) -> ChartKey {
    ChartKey(
      entries: steps.all.map { step in
        let range = steps.range(of: step)
        let text = range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
        return .init(name: step == 1 ? "\(text) \(things)" : text, color: .blue, swatch: .shade(step))
      })
  }

  private func frame(top: Double, width: Double) -> PlotFrame {
    let vertical = Scale(y, values: rows, from: top + Self.height, to: top, maximumTicks: 10)
    let left = vertical.textWidth + 8
    let horizontal = Scale(
      x, values: columns + bands.flatMap { [$0.from, $0.to] }, from: left, to: width - 24,
      maximumTicks: max(2, Int((width - left) / 72)))
    return PlotFrame(x: horizontal, y: vertical)
  }

  /// All cells of one shade as one path, a fifth of the bytes of rectangles; neighbours above each other are one piece.
  private func cells(of step: Int, _ steps: ShadeSteps, in frame: PlotFrame) -> String {
    var path = ""
    for (column, values) in counts.enumerated() {
      let left = frame.x.position(columns[column])
      let width = max(1, frame.x.position(columns[column + 1]) - left)
      var row = 0
      while row < values.count {
        let start = row
        while row < values.count, steps.step(of: values[row]) == step { row += 1 }
        if row > start {
          let (bottom, top) = (frame.y.position(rows[start]), frame.y.position(rows[row]))
          path += "M\(SVGCanvas.number(left)) \(SVGCanvas.number(top))h\(SVGCanvas.number(width))"
          path += "v\(SVGCanvas.number(bottom - top))h\(SVGCanvas.number(-width))z"
        }
        row = max(row, start + 1)
      }
    }
    return path
  }
}

/// Counts as at most five shades, each holding counts some times as large as the one before.
struct ShadeSteps {
  private let borders: [Int]

  init(largest: Int) {
    guard largest > 0 else {
      borders = []
      return
    }
    let factor = [2, 3, 4, 6, 10, 20, 50, 100, 1_000].first { Self.borders($0, largest).count <= 6 } ?? 10_000
    borders = Self.borders(factor, largest)
  }

  /// The shades, lightest first, from 1.
  var all: Range<Int> { 1..<max(1, borders.count) }

  func step(of count: Int) -> Int { count <= 0 ? 0 : borders.lastIndex { $0 <= count }.map { $0 + 1 } ?? 0 }

  func range(of step: Int) -> ClosedRange<Int> { borders[step - 1]...max(borders[step - 1], borders[step] - 1) }

  private static func borders(_ factor: Int, _ largest: Int) -> [Int] {
    var borders = [1]
    while let last = borders.last, last <= largest {
      let (next, overflow) = last.multipliedReportingOverflow(by: factor)
      borders.append(overflow ? largest + 1 : min(next, largest + 1))
    }
    return borders
  }
}
