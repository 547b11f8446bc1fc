public import FoundationEssentials

/// What the platform costs in a month in which nothing runs: the part that has to be spread over executions.
public struct FixedCost: Sendable, Hashable {
  /// One thing that is paid for by the hour or month, with US dollars a month.
  public struct Line: Sendable, Hashable {
    /// What it is.
    public let title: String
    /// US dollars a month.
    public let monthly: Decimal
  }

  /// Everything that is included.
  public let lines: [Line]
  /// Hours of the month.
  private let hours: Decimal

  /// US dollars a month.
  public var monthly: Decimal { lines.reduce(Decimal(0)) { $0 + $1.monthly } }

  /// What stands idle of a profile, at list price.
  package init(_ profile: CostProfile, in book: PriceBook = .usEast1) {
    hours = profile.hours
    let usage = (try? MonthlyUsage(profile, executions: 1)) ?? MonthlyUsage(executions: 1)
    lines = usage.lines.filter(\.isFixed).map { line in
      let price = book.line(line.item)
      let title = line.item == .queueRequest ? "Asking the idle queue" : price.title
      return Line(title: title, monthly: price.cost(of: line.perMonth))
    }
  }

  /// US dollars for each of that many executions a month.
  public func perExecution(_ executionsPerMonth: Int) -> Decimal {
    precondition(executionsPerMonth > 0, "a fixed cost needs executions to be spread over, got \(executionsPerMonth)")
    return monthly / Decimal(executionsPerMonth)
  }

  /// US dollars for so many seconds.
  package func during(seconds: Double) -> Decimal {
    monthly * Decimal(Int(max(0, seconds.isFinite ? min(seconds, 1e9) : 0) * 1_000)) / 1_000 / (hours * 3_600)
  }

  /// Executions a month at a rate.
  package func executions(perSecond rate: Double) -> Int {
    guard rate.isFinite, rate > 0 else { return 0 }
    return Int(min(rate * hours.double * 3_600, 1e15))
  }
}
