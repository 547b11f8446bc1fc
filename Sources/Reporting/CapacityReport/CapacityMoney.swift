import Foundation
import CapacityPlanning
import Pricing
import RunRecords

/// What a planned load costs, from the price book: the one place where the plan meets money.
struct CapacityMoney: Sendable {
  /// A demand's month: the whole bill at list price, and after the always-free allowances.
  struct Month: Codable {
    var name: String
    var dollars: Double
    var dollarsAlwaysFree: Double
  }

  /// A host that is always on, with the volume from which on it is cheaper.
  struct Host: Codable {
    var name: String
    /// Jobs a month; absent where a full one never is cheaper.
    var breakEvenPerMonth: Double?
  }

  /// The platform with the measured execution in place of the assumed one.
  let profile: CostProfile
  private let book: PriceBook
  /// Dollars of one job at the margin.
  let marginal: Decimal
  /// Dollars a month for what stands idle.
  let fixed: Decimal
  /// Dollars of one job by part of the platform, the dearest first.
  let parts: [(name: String, dollars: Decimal)]

  /// Nil where the platform does not tell what would be billed.
  init?(_ service: ServiceDemand?) {
    guard let service, let billed = service.billedMilliseconds, let memory = service.memoryMB,
      let usage = try? MonthlyUsage(Self.profile(billed, memory, service.polls), executions: 1)
    else { return nil }
    profile = Self.profile(billed, memory, service.polls)
    let book = PriceBook.usEast1
    self.book = book
    marginal = usage.marginalCost(in: book)
    fixed = usage.fixedCost(in: book)
    parts = CostComponent.allCases.map { ($0.title, usage.marginalCost(in: book, of: $0)) }.filter { $0.1 > 0 }
      .sorted { $0.1 > $1.1 }
  }

  private static func profile(_ billed: Double, _ memory: Double, _ polls: Double) -> CostProfile {
    var profile = CostProfile.lean
    profile.executor.milliseconds = Decimal(billed)
    profile.executor.memoryMB = Decimal(memory)
    // Billed milliseconds have the initialisation in them.
    profile.executor.coldShare = 0
    profile.api.polls = Decimal(polls)
    return profile
  }

  /// The bill of a month; nil for a volume that no bill can be made for.
  func month(_ name: String, _ perMonth: Double) -> Month? {
    let executions = Decimal(perMonth)
    guard let bill = try? Bill(profile, executions: executions, in: book),
      let free = try? Bill(profile, executions: executions, in: book, freeTier: .always)
    else { return nil }
    return Month(name: name, dollars: Self.double(bill.total), dollarsAlwaysFree: Self.double(free.total))
  }

  /// Dollars of one job with its share of what stands idle.
  func amortised(_ perMonth: Double) -> Decimal { marginal + fixed / Decimal(perMonth) }

  /// Where hosts that are always on, sized for the peak, become cheaper than functions.
  func hosts(peak: Double) -> [Host] {
    guard let comparison = try? BreakEven(profile, in: book, peak: Decimal(peak)) else { return [] }
    return AlwaysOnHost.all(in: book).map { host in
      Host(name: host.name, breakEvenPerMonth: (try? comparison.volume(host))?.map(Self.double) ?? nil)
    }
  }

  static func double(_ value: Decimal) -> Double { NSDecimalNumber(decimal: value).doubleValue }
}

extension CapacityMoney {
  /// The quotas of the price book.
  static var quotas: CloudQuotas {
    var quotas = CloudQuotas()
    func take(_ id: String, _ path: WritableKeyPath<CloudQuotas, Double>) {
      let quota = PriceBook.usEast1.quotas.first { $0.id == id }
      if let quota { quotas[keyPath: path] = double(quota.value) }
    }
    take("lambda.concurrency", \.concurrency)
    take("esm.maximum", \.pollerConcurrency)
    take("apigateway.rate", \.callsPerSecond)
    take("lambda.rate_per_concurrency", \.invocationsPerConcurrency)
    return quotas
  }
}
