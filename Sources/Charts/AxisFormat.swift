/// What an axis counts, and so how its ticks read.
public enum AxisFormat: Sendable, Hashable {
  /// Values are seconds and lie anywhere: `500 µs`, `20 ms`, `1 s`.
  case duration
  /// Values are seconds since the run's start: `0 s`, `10 s`, `2 min`.
  case elapsed
  /// Values are from 0 to 1: `25 %`.
  case percent
  /// Values are plain numbers.
  case number
  /// Large numbers in thousands and millions, for example `10k` and `1M`.
  case compact

  /// A tick's text on an axis whose steps are that large.
  func text(_ value: Double, step: Double) -> String {
    switch self {
    case .duration: Self.duration(value)
    case .elapsed: step >= 60 && value != 0 ? "\(Self.plain(value / 60)) min" : "\(Self.plain(value)) s"
    case .percent: "\(Self.plain(value * 100)) %"
    case .number: Self.plain(value)
    case .compact: Self.compact(value)
    }
  }

  private static func compact(_ value: Double) -> String {
    switch abs(value) {
    case ..<1_000: plain(value)
    case ..<1e6: "\(plain(value / 1e3))k"
    default: "\(plain(value / 1e6))M"
    }
  }

  private static func duration(_ seconds: Double) -> String {
    switch abs(seconds) {
    case 0: "0"
    case ..<0.000_000_999: "\(plain(seconds * 1e9)) ns"
    case ..<0.000_999: "\(plain(seconds * 1e6)) µs"
    case ..<0.999: "\(plain(seconds * 1e3)) ms"
    // Steps of a logarithmic axis are no whole minutes.
    case _ where abs(seconds) >= 59.9 && (seconds / 60).rounded() * 60 == seconds: "\(plain(seconds / 60)) min"
    default: "\(plain(seconds)) s"
    }
  }

  /// The shortest decimal text of a tick's value, to six digits.
  static func plain(_ value: Double) -> String {
    let scaled = (value * 1e6).rounded() / 1e6
    return scaled == scaled.rounded() && abs(scaled) < 1e15 ? String(Int(scaled)) : String(scaled)
  }
}
