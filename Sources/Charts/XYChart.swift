/// Lines, steps, areas and dots over two axes: time series, percentile plots and cumulative distributions.
public struct XYChart: Chart {
  /// What the chart shows.
  public var title: String
  /// What can be seen in it.
  public var summary: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// What is drawn, the first lowest.
  public var layers: [ChartLayer]
  /// Named stretches of the horizontal axis.
  public var bands: [ChartBand]
  /// Levels that matter.
  public var rules: [ChartRule]
  /// Pixels of the plot's height.
  public var plotHeight: Double
  /// Where the rows of the table behind the chart lie along the horizontal axis; empty where they lie nowhere.
  public var rows: [Double]

  /// A chart.
  public init(
    title: String, summary: String, x: Axis, y: Axis, layers: [ChartLayer], bands: [ChartBand] = [],
    rules: [ChartRule] = [], plotHeight: Double = 220, rows: [Double] = []
  ) {
    self.title = title
    self.summary = summary
    self.x = x
    self.y = y
    self.layers = layers
    self.bands = bands
    self.rules = rules
    self.plotHeight = plotHeight
    self.rows = rows
  }

  /// The picture as one SVG element; `id` must be unique on the page.
  public func svg(_ size: ChartSize, id: String) -> String {
    var canvas = SVGCanvas(width: size.width, height: 0)
    let shown = layers.map(drawable)
    let labelsAtEnds = size == .wide && shown.allSatisfy { $0.form.endsAtItsLabel } && shown.count <= 5
    var top = 0.0
    if !labelsAtEnds { top = key(shown).draw(on: &canvas, top: 0) + 4 }
    canvas.text(y.title, 0, top + 11)
    top += bands.isEmpty ? 26 : 40
    let frame = frame(shown, top: top, labelWidth: labelsAtEnds ? widestLabel(shown) : 0, width: canvas.width)
    canvas.height = frame.bottom + (x.title.isEmpty ? 22 : 38)
    draw(shown, in: frame, on: &canvas)
    if labelsAtEnds { labelEnds(shown, in: frame, on: &canvas) }
    let readout = ChartReadout(
      direction: .across, places: rows.map(frame.x.position), extent: (frame.top, frame.bottom))
    return canvas.document(
      title: title, description: summary, id: id, extraClass: size.rawValue, readout: readout)
  }

  /// The layer with only the points that the axes can hold.
  private func drawable(_ layer: ChartLayer) -> ChartLayer {
    func holds(_ point: ChartPoint) -> Bool {
      point.x.isFinite && point.y.isFinite && (y.kind != .logarithmic || point.y > 0)
        && (x.kind != .logarithmic || point.x > 0) && (x.kind != .nines || (0..<1).contains(point.x))
    }
    var layer = layer
    if case .range(let upper) = layer.form {
      let pairs = zip(layer.points, upper).filter { holds($0) && holds($1) }
      layer.form = .range(upper: pairs.map(\.1))
      layer.points = pairs.map(\.0)
    } else if layer.form == .curve {
      layer.points = layer.points.filter { $0.y.isNaN && $0.x.isFinite || holds($0) }
    } else {
      layer.points = layer.points.filter(holds)
    }
    return layer
  }

  private func key(_ shown: [ChartLayer]) -> ChartKey {
    ChartKey(
      entries: shown.compactMap { layer in
        layer.form.swatch.map { .init(name: layer.name, color: layer.color, swatch: $0) }
      })
  }

  private func widestLabel(_ shown: [ChartLayer]) -> Double {
    min(150, shown.filter { $0.form.swatch != nil }.map { TextWidth.ofStrong($0.name) }.max() ?? 0) + 10
  }

  private func frame(_ shown: [ChartLayer], top: Double, labelWidth: Double, width: Double) -> PlotFrame {
    let points = shown.flatMap { layer -> [ChartPoint] in
      if case .range(let upper) = layer.form { return layer.points + upper }
      return layer.points
    }
    let vertical = Scale(
      y, values: points.map(\.y).filter { !$0.isNaN } + rules.map(\.y), from: top + plotHeight, to: top,
      maximumTicks: max(3, Int(plotHeight / (y.kind == .logarithmic ? 24 : 34))))
    let left = vertical.textWidth + 8
    // The last tick's text is centred on the plot's edge, so half of it hangs over.
    let right = width - max(labelWidth, 24)
    let horizontal = Scale(
      x, values: points.map(\.x) + bands.flatMap { [$0.from, $0.to] }, from: left, to: right,
      maximumTicks: max(2, Int((right - left) / 72)))
    return PlotFrame(x: horizontal, y: vertical)
  }

  private func draw(_ shown: [ChartLayer], in frame: PlotFrame, on canvas: inout SVGCanvas) {
    frame.drawBands(bands, on: &canvas)
    frame.drawAxes(on: &canvas, title: x.title)
    if shown.allSatisfy(\.points.isEmpty) { frame.drawEmptiness(on: &canvas) }
    for layer in shown { LayerPath(layer: layer, frame: frame).draw(on: &canvas) }
    frame.drawBandNames(bands, on: &canvas)
    frame.drawRules(rules, on: &canvas)
  }

  private func labelEnds(_ shown: [ChartLayer], in frame: PlotFrame, on canvas: inout SVGCanvas) {
    let named = shown.filter { $0.form.swatch != nil && !$0.points.isEmpty }
    let ends = named.map { layer in frame.y.position(layer.points.last { !$0.y.isNaN }?.y ?? 0) }
    let places = LabelPlacement.spread(ends, gap: 15, within: frame.top...frame.bottom)
    for (layer, place) in zip(named, places) {
      let name = TextWidth.fitted(layer.name, to: (canvas.width - frame.right - 8) / 1.13)
      canvas.text(name, frame.right + 8, place + 4, "t-\(layer.color.rawValue) strong-label")
    }
  }
}

extension ChartLayer.Form {
  /// Whether the last point says where the layer is: not in dots, and not in steps that end where nothing happens any more.
  var endsAtItsLabel: Bool {
    switch self {
    case .line, .dashed, .curve, .range: true
    case .dots, .rings, .steps, .area: false
    }
  }

  var swatch: ChartKey.Swatch? {
    switch self {
    case .line, .steps, .curve: .line
    case .dashed: .dashed
    case .area: .block
    case .dots: .dot
    case .rings: .ring
    case .range: nil
    }
  }
}
