package import FoundationEssentials

/// What a number of equal invocations of a function cost in a month, and of what it is made.
package struct InvocationCost: Sendable, Hashable {
  package let usage: InvocationUsage
  package let architecture: Architecture
  package let invocations: Decimal
  /// The bill: compute by tiers, /tmp beyond 512 MB, requests.
  package let bill: Bill

  /// Prices them; throws what is out of Lambda's range.
  package init(
    _ usage: InvocationUsage, on architecture: Architecture, invocations: Decimal = 1,
    in book: PriceBook = .usEast1, freeTier: FreeTier = .none
  ) throws(PricingError) {
    guard (128...10_240).contains(usage.memoryMB) else {
      throw PricingError("memory must be from 128 to 10240 MB, got \(usage.memoryMB)", hint: "as Lambda allows")
    }
    guard (512...10_240).contains(usage.ephemeralMB) else {
      throw PricingError("/tmp must be from 512 to 10240 MB, got \(usage.ephemeralMB)", hint: "as Lambda allows")
    }
    guard invocations > 0, invocations == invocations.roundedUp else {
      throw PricingError("invocations must be a whole number above 0, got \(invocations)")
    }
    var month = MonthlyUsage(executions: invocations)
    month.add(.executor, .compute(architecture), perExecution: usage.gigabyteSeconds)
    month.add(.executor, .ephemeralSecond, perExecution: usage.ephemeralSeconds)
    month.add(.executor, .lambdaRequest, perExecution: 1)
    self.usage = usage
    self.architecture = architecture
    self.invocations = invocations
    bill = Bill(month, in: book, freeTier: freeTier)
  }

  /// US dollars for all of them.
  package var total: Decimal { bill.total }
}

extension InvocationUsage {
  /// A usage from times as a user gives them; throws where one is negative or beyond what a function may take.
  package init(
    duration: Decimal, initialisation: Decimal, memoryMB: Int, ephemeralMB: Int = 512
  ) throws(PricingError) {
    for (name, value) in [("duration", duration), ("initialisation", initialisation)]
    where value < 0 || value > 5_400_000 {
      throw PricingError("\(name) must be from 0 to 5400000 ms, got \(value)", hint: "no function runs longer")
    }
    guard memoryMB >= 0, ephemeralMB >= 0 else {
      throw PricingError("memory and /tmp are not negative, got \(memoryMB) MB and \(ephemeralMB) MB")
    }
    self.init(
      billedMilliseconds: Self.billedMilliseconds(duration: duration, initialisation: initialisation),
      memoryMB: memoryMB, ephemeralMB: ephemeralMB)
  }
}
