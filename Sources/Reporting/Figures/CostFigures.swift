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
  private let groups: [Group: RunCost]

  init(_ recorded: JobRecords, info: RunInfo?, throughput: Double? = nil, book: PriceBook = .usEast1) {
    self.book = book
    let records = RecordPricing(info)
    profile = records.pricing.profile
    let groups = Self.groups(recorded, records)
    self.groups = groups
    all = Self.cost(of: .all, groups, records.pricing)
    languages = Language.allCases.compactMap { language in
      let cost = Self.cost(of: .language(language), groups, records.pricing)
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
  package func amortised(_ cost: RunCost, over perMonth: Int?) -> Decimal? {
    guard let perMonth, perMonth > 0 else { return nil }
    return cost.perExecution.map { $0 + fixed.perExecution(perMonth) }
  }

  /// What the jobs of a scope cost.
  func cost(of scope: FigureScope) -> RunCost { Self.cost(of: scope, groups, JobPricing(profile, in: book)) }

  /// Jobs that are in the same scopes.
  private struct Group: Hashable {
    var phase: String
    var language: Language

    func isIn(_ scope: FigureScope) -> Bool {
      switch scope {
      case .all: true
      case .phase(let name): phase == name
      case .language(let language): self.language == language
      }
    }
  }

  private static func cost(of scope: FigureScope, _ groups: [Group: RunCost], _ pricing: JobPricing) -> RunCost {
    var sum = RunCost(pricing)
    for (group, cost) in groups where group.isIn(scope) { sum += cost }
    return sum
  }

  /// Every job is priced once.
  private static func groups(_ jobs: JobRecords, _ records: RecordPricing) -> [Group: RunCost] {
    var groups: [Group: RunCost] = [:]
    for job in jobs {
      let group = Group(phase: job.phase, language: job.language)
      if job.jobId != nil {
        groups[group, default: RunCost(records.pricing)].add(
          records.usage(of: job), succeeded: job.outcome == .succeeded)
      } else if job.httpStatus != nil {
        groups[group, default: RunCost(records.pricing)].addRefused(calls: 1 + min(job.retries, 10_000))
      }
    }
    return groups
  }
}
