import Glibc

/// One axis of a chart: what it is called, how values lie on it, and how its ticks read.
public struct Axis: Sendable, Hashable {
  /// How values lie along an axis.
  public enum Kind: Sendable, Hashable {
    /// In proportion.
    case linear
    /// In proportion to the logarithm; values must be above 0.
    case logarithmic
    /// Probabilities from 0 to below 1 by their nines: 0.9, 0.99 and 0.999 are equally far apart.
    case nines
  }

  /// What is measured, with its unit where ticks do not say it.
  public var title: String
  /// How values lie along it.
  public var kind: Kind
  /// How ticks read.
  public var format: AxisFormat
  /// The ends; nil takes them from the data.
  public var range: ClosedRange<Double>?

  /// An axis.
  public init(_ title: String, _ kind: Kind = .linear, format: AxisFormat, range: ClosedRange<Double>? = nil) {
    self.title = title
    self.kind = kind
    self.format = format
    self.range = range
  }
}

/// An axis laid onto pixels: its ends, its ticks, and where a value lies.
struct Scale {
  let axis: Axis
  let domain: ClosedRange<Double>
  let pixels: (from: Double, to: Double)
  /// Distance between ticks of a linear axis.
  let step: Double
  let ticks: [Double]

  init(_ axis: Axis, values: [Double], from: Double, to: Double, maximumTicks: Int) {
    self.axis = axis
    pixels = (from, to)
    switch axis.kind {
    case .linear: (domain, step, ticks) = Self.linear(axis, values, maximumTicks)
    case .logarithmic: (domain, step, ticks) = Self.logarithmic(axis, values, maximumTicks)
    case .nines: (domain, step, ticks) = Self.nines(values, width: abs(to - from))
    }
  }

  func position(_ value: Double) -> Double {
    let (low, high) = (along(domain.lowerBound), along(domain.upperBound))
    guard high > low else { return pixels.from }
    let share = (along(min(max(value, domain.lowerBound), domain.upperBound)) - low) / (high - low)
    return pixels.from + share * (pixels.to - pixels.from)
  }

  func text(_ tick: Double) -> String {
    guard axis.kind == .nines else { return axis.format.text(tick, step: step) }
    return "p\(AxisFormat.plain(tick * 100))"
  }

  /// Pixels of the widest tick's text.
  var textWidth: Double { ticks.map { TextWidth.of(text($0)) }.max() ?? 0 }

  private func along(_ value: Double) -> Double {
    switch axis.kind {
    case .linear: value
    case .logarithmic: log10(value)
    case .nines: -log10(1 - value)
    }
  }

  private static func linear(
    _ axis: Axis, _ values: [Double], _ maximumTicks: Int
  ) -> (ClosedRange<Double>, Double, [Double]) {
    let low = axis.range?.lowerBound ?? min(0, values.min() ?? 0)
    let high = axis.range?.upperBound ?? max(values.max() ?? 1, low)
    // Ends without a size leave nothing to lay out; one unit shows the axis all the same.
    let span = (high - low).isFinite && high > low ? high - low : 1
    let step = TickSteps.linear(span: span, maximumTicks: maximumTicks, isTime: axis.format == .elapsed)
    // An axis with given ends keeps them; otherwise it grows to the next tick.
    let end = axis.range == nil && axis.format != .elapsed ? (low + span - step * 1e-9, true) : (low + span, false)
    let last = end.1 ? (end.0 / step).rounded(.up) * step : end.0
    let ticks = stride(from: (low / step).rounded(.up), through: (last / step + 1e-9).rounded(.down), by: 1).map {
      $0 * step
    }
    return (low...last, step, ticks)
  }

  private static func logarithmic(
    _ axis: Axis, _ values: [Double], _ maximumTicks: Int
  ) -> (ClosedRange<Double>, Double, [Double]) {
    let positive = values.filter { $0 > 0 }
    let low = axis.range?.lowerBound ?? positive.min() ?? 0.001
    let high = axis.range?.upperBound ?? positive.max() ?? 1
    let ticks = TickSteps.logarithmic(from: low, to: max(high, low), maximumTicks: maximumTicks)
    return (ticks.ends, 0, ticks.labelled)
  }

  private static func nines(_ values: [Double], width: Double) -> (ClosedRange<Double>, Double, [Double]) {
    let shown = values.filter { $0 >= 0 && $0 < 1 }
    let (low, high) = (shown.min() ?? 0, shown.max() ?? 0.9)
    return (low...high, 0, TickSteps.nines(from: low, to: high, width: width))
  }
}
