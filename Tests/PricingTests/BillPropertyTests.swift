import FoundationEssentials
import Pricing
import Testing

/// What holds for every price and every profile.
@Suite struct BillPropertyTests {
  @Test("more never costs less, and twice as much never costs more than twice", arguments: PriceBook.usEast1.lines)
  func monotone(line: PriceLine) {
    var (quantity, last) = (Decimal(1) / 1_000, Decimal(-1))
    while quantity < 1_000_000_000_000 {
      let cost = line.cost(of: quantity)
      #expect(cost >= last)
      #expect(line.cost(of: 2 * quantity) <= 2 * cost)
      last = cost
      quantity *= 7
    }
    #expect(line.cost(of: 0) == 0)
  }

  @Test("a quantity costs what its parts in each tier cost", arguments: PriceBook.usEast1.lines)
  func additive(line: PriceLine) {
    for tier in line.tiers {
      guard let end = tier.upTo else { continue }
      #expect(line.cost(of: end + 10) == line.cost(of: end) + (line.cost(of: end + 20) - line.cost(of: end + 10)))
      #expect(line.cost(of: end) - line.cost(of: end - 1) == tier.price)
    }
  }

  @Test("what is free never turns a cost negative", arguments: PriceBook.usEast1.lines, FreeTier.allCases)
  func free(line: PriceLine, tier: FreeTier) {
    for quantity in [Decimal(0), 1, 1_000, 400_000, 1_000_000, 5_000_000_000] {
      let cost = line.cost(of: quantity, free: tier)
      #expect(cost >= 0 && cost <= line.cost(of: quantity))
    }
  }

  @Test("a bill is never negative, and doubles at most", arguments: CostProfile.all)
  func doubling(profile: CostProfile) throws {
    var volume = Decimal(1)
    while volume < 10_000_000_000 {
      let (one, two) = (try Bill(profile, executions: volume), try Bill(profile, executions: 2 * volume))
      #expect(two.total > one.total)
      #expect(two.total <= 2 * one.total)
      #expect(two.perExecution <= one.perExecution)
      for tier in FreeTier.allCases {
        let free = try Bill(profile, executions: volume, freeTier: tier)
        #expect(free.lines.allSatisfy { $0.amount >= 0 && $0.freeQuantity <= $0.quantity })
        #expect(free.total <= one.total)
      }
      volume *= 13
    }
  }

  @Test("no setting makes a bill smaller when there is more of it", arguments: CostSetting.all)
  func settings(setting: CostSetting) throws {
    guard case .number(let path, let kind) = setting.form,
      !["batch", "provisioned-share", "hours"].contains(setting.key)
    else { return }
    for profile in CostProfile.all {
      var more = profile
      let value = profile[keyPath: path]
      more[keyPath: path] = kind == .share ? (value + 1) / 2 : value + 1
      let (before, after) = (try Bill(profile, executions: 10_000), try Bill(more, executions: 10_000))
      #expect(after.total >= before.total, "\(setting.key) of \(profile.name)")
    }
  }

  @Test("lines of a pool share what is free")
  func pools() throws {
    var usage = MonthlyUsage(executions: 1)
    usage.add(.executor, .lambdaSecondX86, perMonth: 300_000)
    usage.add(.executor, .lambdaSecondArm, perMonth: 300_000)
    let bill = Bill(usage, freeTier: .always)
    #expect(bill.lines.map(\.freeQuantity) == [300_000, 100_000])
    #expect(bill.total == (try money("2.66668")))
  }

  @Test("lines of the same item climb its tiers together")
  func tiers() {
    var usage = MonthlyUsage(executions: 1)
    usage.add(.executor, .lambdaSecondX86, perMonth: 4_000_000_000)
    usage.add(.apiFunction, .lambdaSecondX86, perMonth: 3_000_000_000)
    #expect(Bill(usage).total == PriceLine.Item.lambdaSecondX86.cost(of: 7_000_000_000))
  }
}
