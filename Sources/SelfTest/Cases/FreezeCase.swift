package import RunRecords
import Scenarios
package import Statistics

/// A platform that stops answering for a while: what coordinated omission hides.
package struct FreezeCase: Sendable {
  /// Jobs a second.
  var rate = 200.0
  /// Seconds of arrivals.
  var length = 40.0
  /// When it freezes, in seconds after the first job.
  var start = 15.0
  /// For how many seconds.
  var frozen = 8.0
  /// Seconds that each job takes.
  var service = 0.001

  /// The case as the table has it.
  package init() {}

  /// The case at a fifth of its length.
  static let short = {
    var short = FreezeCase()
    (short.length, short.start, short.frozen) = (8, 3, 1.6)
    return short
  }()

  /// The latency of every job, in nanoseconds: those that arrive in the freeze wait for its end.
  package var latencies: [Int64] {
    (0..<Int(rate * length)).map { job in
      let arrival = Double(job) / rate
      let waits = arrival >= start && arrival < start + frozen ? start + frozen - arrival : 0
      return Int64((waits + service) * 1e9)
    }
  }

  func run(maximumInFlight: Int) throws -> CaseRun {
    let window = Int64(start * 1e9)..<Int64((start + frozen) * 1e9)
    let service = Int64(service * 1e9)
    return try CaseRun(
      .selfTest(
        "freeze", .constant(rate: rate, for: .milliseconds(Int(length * 1_000))),
        limits: RunLimits(maximumInFlight: maximumInFlight)),
      PlatformBehaviour(service: { _ in service }, frozen: window))
  }

  /// The percentiles that the freeze decides, and the largest latency, each within 3 %.
  package static func figures(truth: [Int64], quantiles: [QuantileEstimate], maximum: Int64?)
    -> [SelfTestFigure]
  {
    let percentiles = quantiles.filter { [0.9, 0.95, 0.99].contains($0.probability) }.map {
      estimate in
      figure(
        PercentileRule.name(estimate.probability), TrueQuantile.of(truth, estimate.probability),
        estimate.exact)
    }
    return percentiles + [figure("max", truth.max(), maximum)]
  }

  /// Whether the platform froze as it was told to, by its own record: never shorter than computed, and longer by no more
  /// than it takes to answer all that waited.
  package static func frozenFigures(computed: [Int64], truth: [Int64]) -> [SelfTestFigure] {
    [0.9, 0.95, 0.99, 1].map { probability in
      let (least, recorded) = (TrueQuantile.of(computed, probability) ?? 0, TrueQuantile.of(truth, probability) ?? 0)
      return SelfTestFigure(
        "\(probability == 1 ? "max" : PercentileRule.name(probability)) of the platform's record",
        truth: "computed \(QuantityText.duration(nanoseconds: least))",
        measured: QuantityText.duration(nanoseconds: recorded), tolerance: "up to 15 % more",
        passed: Double(recorded) >= 0.999 * Double(least) && Double(recorded) <= 1.15 * Double(least))
    }
  }

  private static func figure(_ name: String, _ truth: Int64?, _ measured: Int64?) -> SelfTestFigure {
    func text(_ value: Int64?) -> String {
      value.map { QuantityText.duration(nanoseconds: $0) } ?? "n/a"
    }
    let isClose =
      if let truth, let measured { abs(Double(measured - truth)) <= 0.03 * Double(truth) } else {
        false
      }
    return SelfTestFigure(
      "\(name) of e2e", truth: text(truth), measured: text(measured), tolerance: "3 %",
      passed: isClose)
  }

  /// A generator that could not keep its plan has to say so, by whichever check.
  package static func cappedFigures(_ validity: Validity) -> [SelfTestFigure] {
    let reasons = validity.checks.filter { $0.level == .invalid }.map(\.name).joined(
      separator: ", ")
    return [
      SelfTestFigure(
        "verdict of the run on itself", truth: ValidityVerdict.invalid.rawValue,
        measured: validity.verdict.rawValue + (reasons.isEmpty ? "" : " (\(reasons))"),
        tolerance: "exact",
        passed: validity.verdict == .invalid)
    ]
  }
}
