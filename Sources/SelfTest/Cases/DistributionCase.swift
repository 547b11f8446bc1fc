import Glibc
import RunRecords
import Scenarios
package import Statistics

/// A platform whose service times come from a known distribution.
///
/// The truth of each job is the platform's own (`CaseRun.platformLatencies`).
package struct DistributionCase: Sendable {
  /// Jobs a second.
  static let rate = 500.0

  let jobs: Int
  /// Nanoseconds of service, by the number of the job.
  let service: @Sendable (Int) -> Int64

  /// 10 ms for 99 of 100 jobs, 1 s for the others.
  static func bimodal(jobs: Int) -> Self {
    Self(jobs: jobs) { job in uniform(job, 1) < 0.01 ? 1_000_000_000 : 10_000_000 }
  }

  /// exp(N(ln 20 ms, 0.8)).
  static func logNormal(jobs: Int) -> Self {
    Self(jobs: jobs) { job in
      // Box and Muller (1958).
      let radius = (-2 * log(uniform(job, 2))).squareRoot()
      return Int64(20e6 * exp(0.8 * radius * cos(2 * .pi * uniform(job, 3))))
    }
  }

  /// A number above 0 and below 1 that depends on nothing but job and purpose.
  private static func uniform(_ job: Int, _ purpose: UInt64) -> Double {
    var stream = RandomStream(seed: 4, purpose: purpose, index: UInt64(job))
    return stream.unit()
  }

  func run() throws -> CaseRun {
    try CaseRun(
      .selfTest(
        "distribution",
        .constant(rate: Self.rate, for: .milliseconds(Int(Double(jobs) / Self.rate * 1_000))),
        process: .poisson),
      PlatformBehaviour(service: service))
  }

  /// Each percentile that is printed, within 1 % of the truth or with the truth inside its interval; and no job less.
  package static func figures(truth: [Int64], quantiles: [QuantileEstimate], jobs: Int)
    -> [SelfTestFigure]
  {
    let printed = quantiles.filter { $0.exact != nil }
    return [SelfTestFigure(count: "jobs with a latency", truth: jobs, measured: truth.count)]
      + printed.map { figure($0, TrueQuantile.of(truth, $0.probability)) }
  }

  private static func figure(_ estimate: QuantileEstimate, _ truth: Int64?) -> SelfTestFigure {
    func text(_ value: Int64?) -> String {
      value.map { QuantityText.duration(nanoseconds: $0) } ?? "n/a"
    }
    var isRight = false
    if let truth, let measured = estimate.exact {
      let isInside = (estimate.lower ?? .max) <= truth && truth <= (estimate.upper ?? .min)
      isRight = isInside || abs(Double(measured - truth)) <= 0.01 * Double(truth)
    }
    return SelfTestFigure(
      "\(PercentileRule.name(estimate.probability)) of e2e", truth: text(truth),
      measured: text(estimate.exact),
      tolerance: "1 %, or within \(text(estimate.lower)) – \(text(estimate.upper))",
      passed: isRight, needsQuiet: true)
  }
}
