import Glibc

/// Quantities as people read them: one unit, three significant digits, no more.
public enum QuantityText {
  /// A duration given in nanoseconds: `38.2 µs`, `412 ms`, `1.84 s`, `2 min 5 s`.
  public static func duration(nanoseconds: Double) -> String {
    guard nanoseconds.isFinite else { return "n/a" }
    let size = abs(nanoseconds)
    switch size {
    case 0: return "0 ms"
    case ..<999.5: return "\(number(nanoseconds)) ns"
    case ..<999_500: return "\(number(nanoseconds / 1e3)) µs"
    case ..<999_500_000: return "\(number(nanoseconds / 1e6)) ms"
    case ..<119_500_000_000: return "\(number(nanoseconds / 1e9)) s"
    default: return long(seconds: Int((min(max(nanoseconds, -9e18), 9e18) / 1e9).rounded()))
    }
  }

  /// A duration given in nanoseconds.
  public static func duration(nanoseconds: Int64) -> String {
    duration(nanoseconds: Double(nanoseconds))
  }

  /// A share given from 0 to 1 as percent: `99.2 %`, `2.9 %`, `0.034 %`; never rounded to 0 or 100 where it is neither.
  public static func percent(_ share: Double) -> String {
    let percent = share * 100
    guard percent.isFinite else { return "n/a" }
    let size = abs(percent)
    if size == 0 || size == 100 { return "\(Int(percent)) %" }
    if size > 99.9 && size < 100 { return "\(fixed(min(percent, 99.99), decimals: 2)) %" }
    let decimals = size >= 9.95 ? 1 : min(9, 1 - Int(log10(size).rounded(.down)))
    var text = fixed(percent, decimals: decimals)
    while text.hasSuffix("0") && text.contains(".") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return "\(text) %"
  }

  /// A plain number with three significant digits, or all its digits where it is whole and below a million.
  public static func number(_ value: Double) -> String {
    guard value.isFinite else { return "n/a" }
    if value == value.rounded(), abs(value) < 1e6 { return grouped(Int(value)) }
    let size = abs(value)
    if size >= 999.5 { return size < 1e15 ? grouped(Int(value.rounded())) : String(value) }
    let decimals = max(0, 2 - Int(log10(size).rounded(.down)))
    // 9.996 has two decimals by its size, but prints as 10.0.
    let carried = (size * pow(10, Double(decimals))).rounded() >= 1000
    return fixed(value, decimals: min(9, carried ? decimals - 1 : decimals))
  }

  /// A whole number in groups of three: `12,345`.
  public static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-\(text)" : text
  }

  /// Bytes in binary units: `512 MiB`.
  public static func bytes(_ count: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var value = Double(count)
    var unit = 0
    while abs(value) >= 1024, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return "\(number(value)) \(units[unit])"
  }

  /// A number with exactly this many decimals.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard abs(value) < 1e15 else { return value.isFinite ? String(value) : "n/a" }
    guard decimals > 0 else { return String(Int(value.rounded())) }
    let scale = pow(10, Double(decimals))
    let scaled = Int((abs(value) * scale).rounded())
    let whole = scaled / Int(scale)
    let fraction = String(scaled % Int(scale))
    let padded = String(repeating: "0", count: decimals - fraction.count) + fraction
    return "\(value < 0 && scaled > 0 ? "-" : "")\(whole).\(padded)"
  }

  private static func long(seconds: Int) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    if hours > 0 { return minutes == 0 ? "\(hours) h" : "\(hours) h \(minutes) min" }
    return rest == 0 ? "\(minutes) min" : "\(minutes) min \(rest) s"
  }
}
