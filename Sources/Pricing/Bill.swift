package import FoundationEssentials

/// A month's bill: what every quantity costs by tiers, after the free allowances that are taken off.
package struct Bill: Sendable, Hashable {
  /// One line.
  package struct Line: Sendable, Hashable {
    package let usage: MonthlyUsage.Line
    package let price: PriceLine
    /// Units of the month.
    package let quantity: Decimal
    /// Units among them that the free tier covers.
    package let freeQuantity: Decimal
    /// US dollars.
    package let amount: Decimal
  }

  package let usage: MonthlyUsage
  package let book: PriceBook
  package let freeTier: FreeTier
  package let lines: [Line]

  /// Prices a month's usage.
  ///
  /// Lines of the same item climb its tiers together, and lines of the same pool share its free allowance, in the order
  /// of the usage.
  package init(_ usage: MonthlyUsage, in book: PriceBook = .usEast1, freeTier: FreeTier = .none) {
    self.usage = usage
    self.book = book
    self.freeTier = freeTier
    var (charged, taken): ([PriceLine.Item: Decimal], [String: Decimal]) = ([:], [:])
    lines = usage.lines.map { line in
      let price = book.line(line.item)
      let quantity = usage.quantity(line)
      let left = max(0, price.free.units(freeTier) - taken[price.free.pool, default: 0])
      let free = min(left, quantity)
      taken[price.free.pool, default: 0] += free
      let before = charged[line.item, default: 0]
      let after = before + quantity - free
      charged[line.item] = after
      return Line(
        usage: line, price: price, quantity: quantity, freeQuantity: free,
        amount: price.cost(of: after) - price.cost(of: before))
    }
  }

  /// A month of a profile; throws where the volume makes no sense.
  package init(
    _ profile: CostProfile, executions: Decimal, in book: PriceBook = .usEast1, freeTier: FreeTier = .none
  ) throws(PricingError) {
    self.init(try MonthlyUsage(profile, executions: executions), in: book, freeTier: freeTier)
  }

  /// US dollars a month.
  package var total: Decimal { lines.reduce(Decimal(0)) { $0 + $1.amount } }
  /// US dollars a month for what stands idle.
  package var fixed: Decimal { lines.reduce(Decimal(0)) { $1.usage.isFixed ? $0 + $1.amount : $0 } }
  /// US dollars for one of the month's executions, what stands idle spread over them.
  package var perExecution: Decimal { total / usage.executions }
  /// US dollars that one more execution costs at list price, first tier.
  package var marginal: Decimal { usage.marginalCost(in: book) }

  /// US dollars a month of a component.
  package func amount(of component: CostComponent) -> Decimal {
    lines.reduce(Decimal(0)) { $1.usage.component == component ? $0 + $1.amount : $0 }
  }

  /// Executions a month at which what stands idle costs as much as the executions themselves; nil where one of them is 0.
  package var balanceVolume: Decimal? {
    let fixed = usage.fixedCost(in: book)
    return marginal > 0 && fixed > 0 ? fixed / marginal : nil
  }
}
