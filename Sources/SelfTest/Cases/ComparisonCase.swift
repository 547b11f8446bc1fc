import Glibc
import Scenarios
import Statistics

/// How often a comparison calls equal platforms different, and whether it finds a real difference.
///
/// Simulated: log-normal latencies around 400 ms, 2,000 jobs a run. The verdict is the one of `rce-bench compare` on a
/// typical job, at the confidence that it has among its three figures.
package struct ComparisonCase: Sendable {
  /// Pairs of runs.
  var pairs = 200
  static let jobs = 2_000
  static let alpha = 0.01 / 3
  static let margin = 0.05

  /// Pairs that were called different.
  func alarms(slowdown: Double, seed: UInt64) -> Int {
    var stream = RandomStream(seed: seed, purpose: 5, index: 0)
    return (0..<pairs).count { _ in
      let pair = SamplePair(
        baseline: Self.sample(1, &stream), candidate: Self.sample(1 + slowdown, &stream))
      guard let shift = HodgesLehmann.shift(pair, alpha: Self.alpha) else { return false }
      let verdict = ShiftVerdict(shift, margin: Self.margin)
      return verdict == .regression || slowdown == 0 && verdict == .improvement
    }
  }

  private static func sample(_ factor: Double, _ stream: inout RandomStream) -> [Int64] {
    (0..<jobs).map { _ in
      let radius = (-2 * log(stream.unit())).squareRoot()
      return Int64(400e6 * factor * exp(0.4 * radius * cos(2 * .pi * stream.unit())))
    }
  }

  /// At most 1 % false alarms; at least 95 % of the slower platforms found.
  package static func figures(pairs: Int, falseAlarms: Int, found: Int) -> [SelfTestFigure] {
    [
      SelfTestFigure(
        "false alarms of \(pairs) equal pairs", truth: "0", measured: "\(falseAlarms)",
        tolerance: "at most 1 %",
        passed: pairs > 0 && Double(falseAlarms) <= 0.01 * Double(pairs)),
      SelfTestFigure(
        "slower by 10 %, found", truth: "\(pairs)", measured: "\(found)",
        tolerance: "at least 95 %",
        passed: pairs > 0 && Double(found) >= 0.95 * Double(pairs)),
    ]
  }
}
