import FoundationEssentials
import Pricing
import Testing

/// One invocation, as the calculator prices it.
@Suite struct InvocationCostTests {
  @Test(
    "an invocation to the last digit",
    arguments: [
      (Architecture.x86, 128, "8.40", "0", 9, "0.0000002187500375"),
      (.x86, 512, "395.99", "265.72", 662, "0.0000057166777"), (.x86, 1_769, "2000", "0", 2_000, "0.000057784751"),
      (.arm, 2_048, "412.55", "138.20", 551, "0.0000148934068"),
    ])
  func exact(
    architecture: Architecture, memory: Int, duration: String, initialisation: String, billed: Int, dollars: String
  ) throws {
    let usage = try InvocationUsage(
      duration: try money(duration), initialisation: try money(initialisation), memoryMB: memory)
    #expect(usage.billedMilliseconds == billed)
    try expect(try InvocationCost(usage, on: architecture).total, shows: dollars)
  }

  @Test("billed time is never less than what passed, and less than a millisecond more")
  func steps() throws {
    for hundredths in stride(from: 0, through: 20_000, by: 7) {
      let (duration, cold) = (Decimal(hundredths) / 100, Decimal(hundredths % 300) / 100)
      let billed = Decimal(InvocationUsage.billedMilliseconds(duration: duration, initialisation: cold))
      #expect(billed >= duration + cold && billed < duration + cold + 1)
    }
  }

  @Test("times that add up to a whole millisecond in decimals are not rounded up to another")
  func decimals() throws {
    // As doubles 412.1 + 138.9 is 551.0000000000001.
    let billed = InvocationUsage.billedMilliseconds(duration: try money("412.1"), initialisation: try money("138.9"))
    #expect(billed == 551)
  }

  @Test("many invocations climb the tiers of a month")
  func tiers() throws {
    let usage = InvocationUsage(billedMilliseconds: 1_000, memoryMB: 1_024)
    let cost = try InvocationCost(usage, on: .x86, invocations: 7_000_000_000)
    #expect(cost.bill.lines.map(\.amount) == [try money("115000.2"), 1_400])
  }

  @Test("an endless loop costs its time limit")
  func timeout() throws {
    let usage = InvocationUsage(billedMilliseconds: 10_000, memoryMB: 1_769)
    try expect(try InvocationCost(usage, on: .x86).total, shows: "0.000288")
  }

  @Test("the free tier takes off GB-seconds and requests, and never more than there are")
  func free() throws {
    let usage = InvocationUsage(billedMilliseconds: 1_000, memoryMB: 1_024)
    #expect(try InvocationCost(usage, on: .x86, invocations: 400_000, freeTier: .always).total == 0)
    let more = try InvocationCost(usage, on: .x86, invocations: 400_001, freeTier: .always)
    #expect(more.total == (try money("0.0000166667")))
  }

  @Test(
    "what no function can be is refused",
    arguments: [
      ("-1", "0", 128, 512), ("1", "-1", 128, 512), ("1", "0", 127, 512), ("1", "0", 128, 511), ("1", "0", -5, 512),
    ])
  func refusals(duration: String, initialisation: String, memory: Int, ephemeral: Int) throws {
    #expect(throws: PricingError.self) {
      let usage = try InvocationUsage(
        duration: try money(duration), initialisation: try money(initialisation), memoryMB: memory,
        ephemeralMB: ephemeral)
      _ = try InvocationCost(usage, on: .arm)
    }
  }

  @Test("a number of invocations is whole and above 0", arguments: ["0", "-1", "1.5"])
  func invocations(text: String) throws {
    let usage = InvocationUsage(billedMilliseconds: 1, memoryMB: 128)
    #expect(throws: PricingError.self) { try InvocationCost(usage, on: .arm, invocations: try money(text)) }
  }
}
