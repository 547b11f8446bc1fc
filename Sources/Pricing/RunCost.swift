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
  /// US dollars for submissions that led to no job; part of `total` and of `failures`.
  public private(set) var refused = Decimal(0)
  /// US dollars among all for jobs that did not give what was wanted.
  public private(set) var failures = Decimal(0)
  /// GB-seconds of all executions.
  public private(set) var gigabyteSeconds = Decimal(0)
  /// The sums of each part.
  package private(set) var parts = JobCost()
  private var squares = Decimal(0)
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
    let cost = pricing.cost(of: usage)
    let each = cost.total
    executions += 1
    parts += cost
    squares += each * each
    gigabyteSeconds += usage.execution.gigabyteSeconds * Decimal(usage.deliveries)
    if succeeded { successes += 1 } else { failures += each }
  }

  /// Adds a submission, with its repetitions, that led to no job.
  package mutating func addRefused(calls: Int) {
    let cost = pricing.refused(calls: calls)
    refused += cost
    failures += cost
  }

  /// The jobs of both.
  package static func += (sum: inout RunCost, one: RunCost) {
    sum.executions += one.executions
    sum.successes += one.successes
    sum.unpriced += one.unpriced
    sum.refused += one.refused
    sum.failures += one.failures
    sum.gigabyteSeconds += one.gigabyteSeconds
    sum.parts += one.parts
    sum.squares += one.squares
  }

  /// US dollars for all jobs, and for the submissions that led to none.
  public var total: Decimal { parts.total + refused }
  /// US dollars among all for submissions and deliveries beyond the first.
  public var repeats: Decimal { parts.repeats }
  /// US dollars for a job, whatever came of it; nil where none is priced.
  public var perExecution: Decimal? { executions == 0 ? nil : parts.total / Decimal(executions) }
  /// US dollars for a job that succeeded, those that did not paid for too; nil where none succeeded.
  public var perSuccess: Decimal? { successes == 0 ? nil : total / Decimal(successes) }

  /// US dollars of each part of a job; nil where none is priced.
  package var partsPerExecution: [(part: JobCost.Part, dollars: Decimal)]? {
    executions == 0 ? nil : JobCost.Part.allCases.map { ($0, parts[$0] / Decimal(executions)) }
  }

  /// 95 % interval of `perExecution`, by the normal approximation; nil below thirty jobs, where it does not hold.
  package var interval: ClosedRange<Double>? {
    guard executions >= 30, let mean = perExecution?.double else { return nil }
    let count = Double(executions)
    let variance = max(0, squares.double / count - mean * mean) * count / (count - 1)
    let half = 1.959_963_985 * (variance / count).squareRoot()
    return max(0, mean - half)...(mean + half)
  }
}

extension Decimal {
  /// The nearest Double, for statistics and pictures; never for sums of money.
  package var double: Double { Double("\(self)") ?? .nan }
}
