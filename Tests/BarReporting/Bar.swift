/// One bar that the product sets itself: a figure, its bound, and how the figure comes about.
public struct Bar: Sendable {
  /// On which side of a number the figure must be.
  public enum Bound: Sendable, Equatable {
    case under(Double)
    case atMost(Double)
    case atLeast(Double)
  }

  /// A reading that stands beside the figure, for example the median of what it is compared with.
  public struct Fact: Sendable, Encodable {
    /// What was read.
    public let name: String
    /// The reading, in `unit`.
    public let value: Double
    /// Its unit; empty for a count.
    public let unit: String

    /// A reading.
    public init(_ name: String, _ value: Double, _ unit: String = "") {
      self.name = name
      self.value = value
      self.unit = unit
    }
  }

  /// What is measured.
  public let name: String
  /// The figure, in `unit`; nil where it cannot be had, which counts as missed.
  public let figure: Double?
  /// What the figure must keep to.
  public let bound: Bound
  /// Unit of figure and bound.
  public let unit: String
  /// Readings of the same run.
  public let facts: [Fact]
  /// How the figure comes about, or why there is none, for a reader who wants to repeat it.
  public let detail: String

  /// A figure with its bound.
  public init(
    name: String, figure: Double?, bound: Bound, unit: String, facts: [Fact] = [], detail: String
  ) {
    self.name = name
    self.figure = figure
    self.bound = bound
    self.unit = unit
    self.facts = facts
    self.detail = detail
  }

  /// There is a figure, and it keeps to its bound.
  public var holds: Bool {
    guard let figure else { return false }
    return switch bound {
    case .under(let limit): figure < limit
    case .atMost(let limit): figure <= limit
    case .atLeast(let limit): figure >= limit
    }
  }

  /// Lines for a terminal: verdict, figure and bound first, the readings and the explanation below.
  public var text: String {
    let measured = figure.map { "\(rounded($0)) \(unit)" } ?? "not available"
    let readings = facts.map { "\($0.name) \(rounded($0.value)) \($0.unit)".trimmed }.joined(separator: ", ")
    let lines = ["\(verdict) \(name): \(measured) (bar: \(bound.text) \(unit))", readings, detail]
    return lines.filter { !$0.isEmpty }.joined(separator: "\n       ")
  }

  private var verdict: String {
    if figure == nil { return "NONE" }
    return holds ? "ok  " : "OVER"
  }
}

extension Bar.Bound {
  /// The number itself.
  public var limit: Double {
    switch self {
    case .under(let limit), .atMost(let limit), .atLeast(let limit): limit
    }
  }

  var words: String {
    switch self {
    case .under: "under"
    case .atMost: "at most"
    case .atLeast: "at least"
    }
  }

  var text: String { "\(words) \(rounded(limit))" }
}

extension String {
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
