/// Numbers as a live view shows them: short, with three digits that matter.
enum LiveNumber {
  /// A clock of a duration in nanoseconds: `0:42`, `1:02:03`.
  static func clock(_ nanoseconds: Int64) -> String {
    let seconds = max(nanoseconds, 0) / 1_000_000_000
    let (minutes, rest) = (seconds / 60, twoDigits(seconds % 60))
    return minutes < 60 ? "\(minutes):\(rest)" : "\(minutes / 60):\(twoDigits(minutes % 60)):\(rest)"
  }

  /// A rate a second: `5.1/s`, `12.3k/s`.
  static func rate(_ value: Double) -> String { short(value) + "/s" }

  /// A number of things: `210`, `1.23M`.
  static func count(_ value: Int) -> String { value < 100_000 ? "\(value)" : short(Double(value)) }

  /// A duration in nanoseconds: `0.12 ms`, `61 ms`, `7.6 s`, `3:20`.
  static func duration(_ nanoseconds: Int64) -> String {
    let milliseconds = Double(nanoseconds) / 1e6
    if milliseconds < 10 { return "\(rounded(milliseconds, 100)) ms" }
    if milliseconds < 999.5 { return "\(whole(milliseconds)) ms" }
    return milliseconds < 100_000 ? "\(rounded(milliseconds / 1e3, 10)) s" : clock(nanoseconds)
  }

  /// Dollars, as small as an execution costs: `$0.000123`, `$12.35`.
  static func dollars(_ value: Double) -> String {
    if value >= 1_000 { return "$" + short(value) }
    let decimals = value >= 1 ? 2 : 6
    let digits = whole(value * (decimals == 2 ? 100 : 1_000_000))
    let scale = decimals == 2 ? 100 : 1_000_000
    let fraction = "\(digits % scale)"
    return "$\(digits / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  /// A share of one: `63 %`.
  static func percent(_ share: Double) -> String { "\(whole(share * 100)) %" }

  private static func short(_ value: Double) -> String {
    for (unit, name) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")] where value >= unit {
      return "\(rounded(value / (name == "k" ? 1e3 : unit), name == "k" ? 10 : 100))\(name)"
    }
    return value < 100 ? "\(rounded(value, 10))" : "\(whole(value))"
  }

  private static func rounded(_ value: Double, _ scale: Double) -> Double {
    value.isFinite ? (value * scale).rounded() / scale : 0
  }

  private static func whole(_ value: Double) -> Int { Int(exactly: value.rounded()) ?? 0 }

  private static func twoDigits(_ value: Int64) -> String { "\(value < 10 ? "0" : "")\(value)" }
}
