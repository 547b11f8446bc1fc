import RunRecords
import Scenarios
import Statistics

/// Whether requests arrive as evenly as the plan says, by the platform's clock.
package struct PacingCase: Sendable {
  /// Jobs a second.
  var rate = 1_000.0
  /// Seconds of arrivals.
  var length = 10

  func run() throws -> CaseRun {
    try CaseRun(
      .selfTest("pacing", .constant(rate: rate, for: .seconds(length))), PlatformBehaviour())
  }

  /// At least 95 % of the gaps within 25 % of nominal; at most 2 % bursts, which are gaps below 10 %.
  package static func figures(gaps: [Int64], nominal: Double) -> [SelfTestFigure] {
    func share(_ isCounted: (Double) -> Bool) -> Double {
      gaps.isEmpty ? 0 : Double(gaps.count { isCounted(Double($0) / nominal) }) / Double(gaps.count)
    }
    let (even, bursts) = (share { (0.75...1.25).contains($0) }, share { $0 < 0.1 })
    return [
      SelfTestFigure(
        "gaps within 25 % of \(QuantityText.duration(nanoseconds: nominal))", truth: "100 %",
        measured: QuantityText.percent(even), tolerance: "at least 95 %", passed: even >= 0.95,
        needsQuiet: true),
      SelfTestFigure(
        "bursts: gaps below a tenth of it", truth: "0 %", measured: QuantityText.percent(bursts),
        tolerance: "at most 2 %", passed: !gaps.isEmpty && bursts <= 0.02, needsQuiet: true),
    ]
  }
}

/// The times between neighbours.
func gaps(of instants: [Int64]) -> [Int64] {
  let sorted = instants.sorted()
  return zip(sorted.dropFirst(), sorted).map { $0 - $1 }
}
