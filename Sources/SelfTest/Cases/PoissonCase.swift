import RunRecords
import Scenarios
import Statistics

/// Whether random arrivals are a Poisson process: as planned, and as they reach the platform.
package struct PoissonCase: Sendable {
  /// Jobs a second.
  static let rate = 500.0

  /// Gaps that are looked at.
  let count: Int

  private var plan: Plan {
    // 5 % more than needed, which is five standard deviations of the number that comes.
    let milliseconds = Int(Double(count) * 1.05 / Self.rate * 1_000)
    return .selfTest(
      "poisson", .constant(rate: Self.rate, for: .milliseconds(milliseconds)), process: .poisson)
  }

  func run() throws -> CaseRun { try CaseRun(plan, PlatformBehaviour()) }

  /// When the plan's jobs are due, in nanoseconds.
  var dueTimes: [Int64] { plan.phases.first?.arrivals.map { Array($0) } ?? [] }

  /// Kolmogorov and Smirnov's test of the gaps at 0.01, and their coefficient of variation, which is 1.
  package static func figures(
    _ place: String, gaps: [Int64], rate: Double, count: Int, needsQuiet: Bool
  ) -> [SelfTestFigure] {
    let values = gaps.prefix(count).map { Double($0) }
    let test = KolmogorovSmirnov.exponential(values, mean: 1e9 / rate)
    let variation = coefficientOfVariation(values)
    return [
      SelfTestFigure(count: "gaps \(place)", truth: count, measured: values.count),
      SelfTestFigure(
        "gaps \(place), against the exponential",
        truth: "D < \(QuantityText.fixed(1.63 / Double(max(count, 1)).squareRoot(), decimals: 4))",
        measured:
          "D = \(QuantityText.fixed(test.statistic, decimals: 4)), p = \(QuantityText.fixed(test.pValue, decimals: 3))",
        tolerance: "p >= 0.01", passed: test.count > 0 && test.pValue >= 0.01,
        needsQuiet: needsQuiet),
      SelfTestFigure(
        "gaps \(place), coefficient of variation", truth: "1.00",
        measured: QuantityText.fixed(variation, decimals: 3),
        tolerance: "± 0.03", passed: abs(variation - 1) <= 0.03, needsQuiet: needsQuiet),
    ]
  }

  /// Standard deviation over mean; not a number where there is no value.
  private static func coefficientOfVariation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return variance.squareRoot() / mean
  }
}
