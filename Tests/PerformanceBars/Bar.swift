/// One bar that the product sets itself: a figure, its limit, and the command that gives it.
struct Bar {
  /// What is measured.
  let name: String
  /// The figure, in `unit`.
  let figure: Double
  /// What the figure must stay under.
  let limit: Double
  /// Unit of figure and limit.
  let unit: String
  /// How the figure comes about, for a reader who wants to repeat it.
  let detail: String

  /// The figure is under its limit.
  var holds: Bool { figure < limit }

  /// Two lines for a terminal.
  var text: String {
    let verdict = holds ? "ok  " : "OVER"
    return "\(verdict) \(name): \(rounded(figure)) \(unit) (bar: under \(rounded(limit)) \(unit))\n       \(detail)"
  }
}

/// A number with as many decimals as it deserves.
func rounded(_ value: Double) -> String {
  let scale: Double = abs(value) < 10 ? 100 : abs(value) < 1_000 ? 10 : 1
  let number = (value * scale).rounded() / scale
  return number == number.rounded() ? String(Int(number)) : String(number)
}

/// The value that this share of the samples does not exceed, by rank (the p-th of n is number ceil(p n)).
func quantile(_ share: Double, of samples: [Double]) -> Double {
  let sorted = samples.sorted()
  guard !sorted.isEmpty else { return .nan }
  let rank = Int((share * Double(sorted.count)).rounded(.up))
  return sorted[min(max(rank, 1), sorted.count) - 1]
}
