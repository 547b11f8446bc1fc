package import Foundation
public import Jobs
public import Pricing
import RunRecords

/// What the run's jobs would have cost on AWS at list prices.
public struct CostFigures: Sendable {
  /// All recorded jobs.
  public let all: RunCost
  /// By language, in the order of `Language.allCases`, those without a priced job left out.
  public let languages: [(language: Language, cost: RunCost)]
  /// What stands idle, and over how many executions a month the scenario spreads it; nil where it does not say.
  public let amortised: (fixed: FixedCost, executionsPerMonth: Int)?
  /// The prices.
  public let book: PriceBook
  /// What stands idle, whatever the scenario says.
  package let fixed: FixedCost
  /// Executions a month at the rate of the run; nil where it had none.
  package let observedPerMonth: Int?
  /// US dollars for the run: its jobs, and what stood idle while it went on.
  package let run: Decimal
  /// The profile that jobs are priced as.
  package let profile: CostProfile

  init(_ recorded: JobRecords, info: RunInfo?, throughput: Double? = nil, book: PriceBook = .usEast1) {
    self.book = book
    let records = RecordPricing(info)
    profile = records.pricing.profile
    all = Self.cost(of: recorded, records)
    languages = Language.allCases.compactMap { language in
      let cost = Self.cost(of: recorded.filter { $0.language == language }, records)
      return cost.executions == 0 ? nil : (language, cost)
    }
    let fixed = FixedCost(profile, in: book)
    self.fixed = fixed
    amortised = info?.executionsPerMonth.flatMap { $0 > 0 ? (fixed, $0) : nil }
    let observed = throughput.map { fixed.executions(perSecond: $0) } ?? 0
    observedPerMonth = observed > 0 ? observed : nil
    run = all.total + fixed.during(seconds: info?.durationSeconds ?? 0)
  }

  /// US dollars for a job with its share of what stands idle; nil without a priced job or a volume.
  func amortised(_ cost: RunCost, over perMonth: Int?) -> Decimal? {
    guard let perMonth, perMonth > 0 else { return nil }
    return cost.perExecution.map { $0 + fixed.perExecution(perMonth) }
  }

  static func cost(of jobs: JobRecords, _ records: RecordPricing) -> RunCost {
    var cost = RunCost(records.pricing)
    for job in jobs {
      if job.jobId != nil {
        cost.add(records.usage(of: job), succeeded: job.outcome == .succeeded)
      } else if job.httpStatus != nil {
        cost.addRefused(calls: 1 + job.retries)
      }
    }
    return cost
  }
}
