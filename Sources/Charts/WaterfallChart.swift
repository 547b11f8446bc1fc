/// A sum as its parts, each beginning where the one before ended, with the sums on the way: what one execution costs.
public struct WaterfallChart: Chart {
  /// One row.
  public struct Step: Sendable, Hashable {
    /// What it is.
    public var name: String
    /// How much; a sum of everything above where nil.
    public var value: Double?
    /// The amount as a text.
    public var text: String
    /// The colour.
    public var color: ChartColor

    /// A row.
    public init(_ name: String, _ value: Double?, text: String, color: ChartColor) {
      self.name = name
      self.value = value
      self.text = text
      self.color = color
    }
  }

  /// What the chart shows.
  public var title: String
  /// What can be seen in it.
  public var summary: String
  /// The rows, in order; the table behind the chart has the same.
  public var steps: [Step]

  /// A chart.
  public init(title: String, summary: String, steps: [Step]) {
    self.title = title
    self.summary = summary
    self.steps = steps
  }

  private static let pitch = 42.0

  /// The picture as one SVG element; `id` must be unique on the page.
  public func svg(_ size: ChartSize, id: String) -> String {
    var canvas = SVGCanvas(width: size.width, height: Double(steps.count) * Self.pitch)
    let spans = spans()
    let right = canvas.width - (steps.map { TextWidth.ofStrong($0.text) }.max() ?? 0) - 8
    let ends = spans.flatMap { [$0.from, $0.to] }
    let (low, high) = (min(0, ends.min() ?? 0), max(ends.max() ?? 0, 1e-300))
    func place(_ value: Double) -> Double { (value - low) / (high - low) * max(60, right) }
    for (index, step) in steps.enumerated() {
      let top = Double(index) * Self.pitch
      let (from, to) = (place(min(spans[index].from, spans[index].to)), place(max(spans[index].from, spans[index].to)))
      canvas.text(
        TextWidth.fitted(step.name, to: canvas.width / 1.13), 0, top + 12, step.value == nil ? "strong" : "ink")
      canvas.rect(from, top + 18, max(1.5, to - from), 15, "f-\(step.color.rawValue)")
      canvas.text(step.text, max(to, from + 1.5) + 6, top + 30, step.value == nil ? "strong halo" : "ink halo")
      if index + 1 < steps.count {
        let end = place(spans[index].to)
        canvas.line(end, top + 33, end, top + Self.pitch + 18, "border")
      }
    }
    let places = steps.indices.map { Double($0) * Self.pitch + 25 }
    return canvas.document(
      title: title, description: summary, id: id, extraClass: size.rawValue,
      readout: ChartReadout(direction: .down, places: places, extent: (0, canvas.width)))
  }

  /// Where each row begins and ends.
  private func spans() -> [(from: Double, to: Double)] {
    var sum = 0.0
    return steps.map { step in
      guard let value = step.value, value.isFinite else { return (0, sum) }
      defer { sum += value }
      return (sum, sum + value)
    }
  }
}
