import Foundation
public import Jobs
public import Pricing
import RunRecords

/// What the run's executions would have cost on AWS Lambda at list prices.
public struct CostFigures: Sendable {
  /// All recorded executions.
  public let all: RunCost
  /// By language, in the order of `Language.allCases`, those without an execution left out.
  public let languages: [(language: Language, cost: RunCost)]
  /// What stands idle, and over how many executions a month the scenario spreads it; nil where it does not say.
  public let amortised: (fixed: FixedCost, executionsPerMonth: Int)?
  /// The prices.
  public let book: PriceBook

  init(_ recorded: JobRecords, info: RunInfo?, book: PriceBook = .usEast1) {
    self.book = book
    all = Self.cost(of: recorded, book)
    languages = Language.allCases.compactMap { language in
      let cost = Self.cost(of: recorded.filter { $0.language == language }, book)
      return cost.executions == 0 ? nil : (language, cost)
    }
    amortised = info?.executionsPerMonth.flatMap { $0 > 0 ? (FixedCost.lean(book), $0) : nil }
  }

  /// Dollars for one job's execution; nil where the platform does not tell what would be billed.
  static func dollars(of job: JobRecord) -> Double? {
    usage(of: job).map { NSDecimalNumber(decimal: $0.cost(in: .usEast1, on: .x86)).doubleValue }
  }

  private static func cost(of jobs: JobRecords, _ book: PriceBook) -> RunCost {
    var cost = RunCost(book: book)
    for job in jobs where job.jobId != nil {
      cost.add(usage(of: job), succeeded: job.outcome == .succeeded)
    }
    return cost
  }

  private static func usage(of job: JobRecord) -> InvocationUsage? {
    guard let billed = job.timings?.billedMs, let memory = job.timings?.memoryMB, billed >= 0, memory >= 0 else {
      return nil
    }
    return InvocationUsage(billedMilliseconds: billed, memoryMB: memory)
  }
}
