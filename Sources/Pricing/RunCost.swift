public import FoundationEssentials

/// What the jobs of a run would have cost at the margin: what each adds to the bill, nothing that stands idle.
///
/// Failed, timed-out and repeated executions are billed like any other, so they are in the whole and told apart.
public struct RunCost: Sendable, Hashable {
  /// Jobs whose billed time and memory are known.
  public private(set) var executions = 0
  /// Jobs among them that gave what was wanted.
  public private(set) var successes = 0
  /// Jobs of which the platform did not tell what would be billed; not in any sum.
  public private(set) var unpriced = 0
  private var sums = JobUsageSums()
  /// What those used among them that did not give what was wanted.
  private var failed = JobUsageSums()
  private var refusedCalls = 0
  /// Mean of the jobs' dollars, and sum of squared differences from it (Welford 1962).
  private var mean = 0.0
  private var squares = 0.0
  private let pricing: JobPricing

  /// No jobs yet.
  package init(_ pricing: JobPricing = JobPricing()) { self.pricing = pricing }

  /// The architecture whose price was taken.
  public var architecture: Architecture { pricing.profile.executor.architecture }

  /// Adds a job; nil usage is one that cannot be priced.
  package mutating func add(_ usage: JobUsage?, succeeded: Bool) {
    guard let usage else {
      unpriced += 1
      return
    }
    let used = JobUsageSums(usage)
    executions += 1
    sums += used
    if succeeded { successes += 1 } else { failed += used }
    let dollars = pricing.dollars(of: usage)
    let difference = dollars - mean
    mean += difference / Double(executions)
    squares += difference * (dollars - mean)
  }

  /// Adds a submission, with its repetitions, that led to no job.
  package mutating func addRefused(calls: Int) {
    refusedCalls += max(1, calls)
  }

  /// The jobs of both.
  package static func += (sum: inout RunCost, one: RunCost) {
    sum.addMoments(one)
    sum.executions += one.executions
    sum.successes += one.successes
    sum.unpriced += one.unpriced
    sum.sums += one.sums
    sum.failed += one.failed
    sum.refusedCalls += one.refusedCalls
  }

  /// Mean and squares of both (Chan, Golub and LeVeque 1979).
  private mutating func addMoments(_ one: RunCost) {
    let (own, other) = (Double(executions), Double(one.executions))
    guard other > 0 else { return }
    let difference = one.mean - mean
    mean += difference * other / (own + other)
    squares += one.squares + difference * difference * own * other / (own + other)
  }

  /// The sums of each part.
  package var parts: JobCost { pricing.cost(of: sums) }
  /// US dollars for submissions that led to no job; part of `total` and of `failures`.
  public var refused: Decimal { refusedCalls == 0 ? 0 : pricing.refused(calls: refusedCalls) }
  /// US dollars among all for jobs that did not give what was wanted.
  public var failures: Decimal { pricing.cost(of: failed).total + refused }
  /// GB-seconds of all executions.
  public var gigabyteSeconds: Decimal { sums.gigabyteSeconds }

  /// US dollars for all jobs, and for the submissions that led to none.
  public var total: Decimal { parts.total + refused }
  /// US dollars among all for submissions and deliveries beyond the first.
  public var repeats: Decimal { parts.repeats }
  /// US dollars for a job, whatever came of it; nil where none is priced.
  public var perExecution: Decimal? { executions == 0 ? nil : parts.total / Decimal(executions) }
  /// US dollars for a job that succeeded, those that did not paid for too; nil where none succeeded.
  public var perSuccess: Decimal? { successes == 0 ? nil : total / Decimal(successes) }

  /// US dollars of each part of a job, those left out that the platform does not have; nil where none is priced.
  package var partsPerExecution: [(part: JobCost.Part, dollars: Decimal)]? {
    guard executions > 0 else { return nil }
    let present = JobCost.Part.allCases.filter { $0 != .dispatcher || pricing.profile.dispatcher.memoryMB > 0 }
    return present.map { ($0, parts[$0] / Decimal(executions)) }
  }

  /// 95 % interval of `perExecution`, by the normal approximation; nil below thirty jobs, where it does not hold.
  package var interval: ClosedRange<Double>? {
    guard executions >= 30, let mean = perExecution?.double else { return nil }
    let count = Double(executions)
    let half = 1.959_963_985 * (squares / (count - 1) / count).squareRoot()
    return max(0, mean - half)...(mean + half)
  }
}

extension Decimal {
  /// The nearest Double, for statistics and pictures; never for sums of money.
  package var double: Double { Double("\(self)") ?? .nan }
}
