import BarReporting

/// A bar on the ratio of two medians of one run.
///
/// - Parameters:
///   - readings: the contestant that the bar is on, what it is compared with, and others that are only shown.
///   - technique: what the contestant must have used, where that is what the row is about.
func ratioBar(
  _ name: String, atMost limit: Double, of figure: Int = 1, to base: Int = 0, in readings: [Readings],
  technique: String? = nil, detail: String
) -> Bar {
  let (measured, raw) = (readings[figure], readings[base])
  let ratio = measured.median / raw.median
  var facts = [
    Bar.Fact("n", Double(measured.samples.count)),
    Bar.Fact("min", measured.least / raw.least, "x"),
  ]
  for reading in readings {
    facts.append(Bar.Fact("\(reading.name) p50", reading.median, "ms"))
    facts.append(Bar.Fact("min", reading.least, "ms"))
  }
  guard measured.isTrue else {
    let absent =
      "not available: \(technique ?? "it") was used in \(measured.samples.count - measured.strays) of "
      + "\(measured.samples.count) rounds; without it the ratio is \(rounded(ratio))"
    return Bar(
      name: name, figure: nil, bound: .atMost(limit), unit: "x \(raw.name)", facts: facts,
      detail: "\(absent). \(detail)")
  }
  return Bar(
    name: name, figure: ratio, bound: .atMost(limit), unit: "x \(raw.name)", facts: facts, detail: detail)
}
