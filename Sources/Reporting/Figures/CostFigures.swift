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
  private let tally: CostTally

  init(_ recorded: JobRecords, info: RunInfo?, throughput: Double? = nil) {
    var tally = CostTally(info)
    for job in recorded { tally.add(job) }
    self.init(tally, info: info, throughput: throughput)
  }

  init(_ tally: CostTally, info: RunInfo?, throughput: Double?) {
    self.tally = tally
    book = tally.records.pricing.book
    profile = tally.records.pricing.profile
    all = tally.cost(of: .all)
    languages = Language.allCases.compactMap { language in
      let cost = tally.cost(of: .language(language))
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
  func cost(of scope: FigureScope) -> RunCost { tally.cost(of: scope) }
}

/// Prices recorded jobs, one after the other.
struct CostTally {
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

  let records: RecordPricing
  private var groups: [Group: RunCost] = [:]

  init(_ info: RunInfo?) { records = RecordPricing(info) }

  mutating func add(_ job: JobRecord) {
    let group = Group(phase: job.phase, language: job.language)
    if job.jobId != nil {
      groups[group, default: RunCost(records.pricing)].add(
        records.usage(of: job), succeeded: job.outcome == .succeeded)
    } else if job.httpStatus != nil {
      groups[group, default: RunCost(records.pricing)].addRefused(calls: 1 + min(job.retries, 10_000))
    }
  }

  /// What the jobs of a scope cost.
  func cost(of scope: FigureScope) -> RunCost {
    var sum = RunCost(records.pricing)
    // In a fixed order, so that the last bit of a mean is the same every time.
    let own = groups.filter { $0.key.isIn(scope) }
    for (_, cost) in own.sorted(by: {
      ($0.key.phase, $0.key.language.rawValue) < ($1.key.phase, $1.key.language.rawValue)
    }) {
      sum += cost
    }
    return sum
  }
}
