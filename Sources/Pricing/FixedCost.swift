public import FoundationEssentials

/// What the platform costs in a month in which nothing runs: the part that has to be spread over executions.
public struct FixedCost: Sendable, Hashable {
  /// One thing that is paid for by the hour, with US dollars a month.
  public struct Line: Sendable, Hashable {
    /// What it is.
    public let title: String
    /// US dollars a month of 730 hours.
    public let monthly: Decimal
  }

  /// Everything that is included.
  public let lines: [Line]

  /// US dollars a month.
  public var monthly: Decimal { lines.reduce(Decimal(0)) { $0 + $1.monthly } }

  /// US dollars for each of that many executions a month.
  public func perExecution(_ executionsPerMonth: Int) -> Decimal {
    precondition(executionsPerMonth > 0, "a fixed cost needs executions to be spread over, got \(executionsPerMonth)")
    return monthly / Decimal(executionsPerMonth)
  }

  /// The smallest deployment of the reference stack.
  ///
  /// One cache node, the queue reached through one endpoint in one zone,
  /// and the five pollers of an event source that ask the idle queue every 20 seconds. No NAT gateway, no replica.
  public static func lean(_ book: PriceBook = .usEast1) -> FixedCost {
    let hours = Decimal(730)
    let idlePolls = Decimal(5 * 3 * 60) * hours
    return FixedCost(lines: [
      Line(title: "Cache node (Valkey, cache.t4g.micro)", monthly: hours * book.price(.cacheNodeHour)),
      Line(title: "Interface endpoint for the queue, one zone", monthly: hours * book.price(.endpointHour)),
      Line(title: "Polling the idle queue, five pollers", monthly: idlePolls * book.price(.queueRequest)),
    ])
  }
}
