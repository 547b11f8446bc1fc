import Glibc

/// Where ticks go: at 1, 2 and 5 times powers of ten, and on time axes at what clocks show.
enum TickSteps {
  private static let seconds: [Double] = [
    1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 18_000, 36_000,
  ]

  /// The smallest step that needs no more ticks than allowed.
  static func linear(span: Double, maximumTicks: Int, isTime: Bool) -> Double {
    let least = span / Double(max(1, maximumTicks))
    if isTime, least >= 0.5, let step = seconds.first(where: { $0 >= least - 1e-12 }) { return step }
    let power = pow(10, log10(least).rounded(.down))
    return ([1, 2, 5, 10].first { $0 * power >= least - 1e-12 } ?? 10) * power
  }

  /// Ends that enclose the values at 1, 2 or 5, and as many of the ticks between as may be labelled.
  static func logarithmic(
    from low: Double, to high: Double, maximumTicks: Int
  ) -> (ends: ClosedRange<Double>, labelled: [Double]) {
    let all = candidates(from: low, to: high)
    let first = all.lastIndex { $0 <= low * 1.000_001 } ?? 0
    var last = all.firstIndex { $0 >= high * 0.999_999 } ?? all.count - 1
    if last == first { last = min(all.count - 1, first + 1) }
    let enclosed = Array(all[first...last])
    let ends = (enclosed.first ?? low)...(enclosed.last ?? high)
    if enclosed.count <= maximumTicks { return (ends, enclosed) }
    var decades = enclosed.filter { isPowerOfTen($0) }
    while decades.count > maximumTicks {
      decades = decades.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    }
    return (ends, decades)
  }

  /// The percentiles that people name, the ones that say most first, as far as their texts fit beside each other.
  static func nines(from low: Double, to high: Double, width: Double) -> [Double] {
    let span = log10((1 - low) / (1 - high))
    let named = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0, 0.95, 0.75, 0.25]
    var chosen: [Double] = []
    for tick in named where tick >= low - 1e-12 && tick <= high + 1e-12 {
      let isFree = chosen.allSatisfy { span > 0 && abs(log10((1 - $0) / (1 - tick))) / span * width >= 52 }
      if isFree { chosen.append(tick) }
    }
    return chosen.isEmpty ? [low] : chosen.sorted()
  }

  private static func candidates(from low: Double, to high: Double) -> [Double] {
    let first = Int(log10(low).rounded(.down)) - 1
    let last = Int(log10(high).rounded(.up)) + 1
    return (first...last).flatMap { exponent in [1, 2, 5].map { $0 * pow(10, Double(exponent)) } }
  }

  private static func isPowerOfTen(_ value: Double) -> Bool {
    let exponent = log10(value)
    return abs(exponent - exponent.rounded()) < 1e-9
  }
}
