import FoundationEssentials
import Pricing
import Testing

/// The monthly totals of the four profiles, and what the quoted estimate is worth.
@Suite struct ProfileTotalTests {
  @Test(
    "a month of each profile at list price",
    arguments: [
      (CostProfile.basic, ["50.2056", "110.0196", "653.7825"]), (.lean, ["17.6432", "50.3377", "347.5601"]),
      (.zeroIdle, ["1.0203", "35.7996", "351.9754"]), (.highlyAvailable, ["113.0636", "177.6296", "764.5925"]),
    ])
  func list(profile: CostProfile, totals: [String]) throws {
    for (executions, total) in zip([10_000, 1_000_000, 10_000_000], totals) {
      try expect(try Bill(profile, executions: Decimal(executions)).total, shows: total)
    }
  }

  @Test(
    "ten thousand executions after what is always free",
    arguments: [
      (CostProfile.basic, "49.6216"), (.lean, "17.0933"), (.zeroIdle, "0.4704"), (.highlyAvailable, "108.4796"),
    ])
  func free(profile: CostProfile, total: String) throws {
    try expect(try Bill(profile, executions: 10_000, freeTier: .always).total, shows: total)
  }

  @Test("what is free for older accounts is free on top")
  func legacy() throws {
    let bill = try Bill(.basic, executions: 10_000, freeTier: .legacy)
    #expect(bill.amount(of: .apiGateway) == 0)
    #expect(bill.amount(of: .status) == 0)
    #expect(bill.total < (try Bill(.basic, executions: 10_000, freeTier: .always).total))
  }

  @Test("below 7.83 million a month DynamoDB is cheaper than a cache")
  func crossover() throws {
    var lean = CostProfile.lean
    lean.network.endpointKB = 0
    let (below, above) = (Decimal(7_820_000), Decimal(7_840_000))
    #expect(try Bill(.zeroIdle, executions: below).total < Bill(lean, executions: below).total)
    #expect(try Bill(.zeroIdle, executions: above).total > Bill(lean, executions: above).total)
  }

  @Test("what stands idle weighs as much as executions at F / C")
  func balance() throws {
    let bill = try Bill(.basic, executions: 10_000)
    let volume = try #require(bill.balanceVolume)
    let there = try Bill(.basic, executions: volume)
    #expect(abs(there.total - 2 * there.fixed) < (try money("0.000001")))
  }
}
