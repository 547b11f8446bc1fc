/// A point of a chart.
public struct ChartPoint: Sendable, Hashable {
  /// Where it lies along the horizontal axis.
  public var x: Double
  /// Where it lies along the vertical axis.
  public var y: Double

  /// A point.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// One set of points of a chart, with its name and how it is drawn.
public struct ChartLayer: Sendable, Hashable {
  /// How points become marks.
  public enum Form: Sendable, Hashable {
    /// Joined by straight lines.
    case line
    /// Joined by straight lines, dashed.
    case dashed
    /// Joined by straight lines without a mark at any point: a model, or more points than anybody reads off. A point whose
    /// y is not a number leaves a gap.
    case curve
    /// Each value holds until the next point.
    case steps
    /// As steps, filled down to the axis.
    case area
    /// One dot each.
    case dots
    /// One ring each, for points that differ in kind and not only in colour.
    case rings
    /// Between each point's y and the y of the same point in `upper`, filled; has no label of its own.
    case range(upper: [ChartPoint])
  }

  /// The name for key and label.
  public var name: String
  /// The colour.
  public var color: ChartColor
  /// How it is drawn.
  public var form: Form
  /// The points, by x.
  public var points: [ChartPoint]

  /// A layer.
  public init(_ name: String, _ color: ChartColor, _ form: Form, _ points: [ChartPoint]) {
    self.name = name
    self.color = color
    self.form = form
    self.points = points
  }
}

/// A stretch of the horizontal axis with a name, such as a phase of a run.
public struct ChartBand: Sendable, Hashable {
  /// Where it begins.
  public var from: Double
  /// Where it ends.
  public var to: Double
  /// Its name, shown where it fits.
  public var name: String
  /// Shaded, because what happened in it does not count.
  public var isShaded: Bool

  /// A band.
  public init(from: Double, to: Double, name: String, isShaded: Bool = false) {
    self.from = from
    self.to = to
    self.name = name
    self.isShaded = isShaded
  }
}

/// A level that matters, such as an objective: a line across the plot with a name.
public struct ChartRule: Sendable, Hashable {
  /// Where it lies along the vertical axis.
  public var y: Double
  /// What it is.
  public var name: String

  /// A rule.
  public init(y: Double, name: String) {
    self.y = y
    self.name = name
  }
}
