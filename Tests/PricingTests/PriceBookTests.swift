import FoundationEssentials
import Pricing
import Testing

/// The pinned price book as a whole.
@Suite struct PriceBookTests {
  @Test("every profile and setting asks for lines that there are")
  func complete() throws {
    for base in CostProfile.all {
      for architecture in Architecture.allCases {
        var profile = base
        profile.executor.architecture = architecture
        for setting in CostSetting.all {
          if case .number(let path, .amount) = setting.form { profile[keyPath: path] += 1 }
          if case .number(let path, .count) = setting.form { profile[keyPath: path] += 1 }
        }
        (profile.executor.tenantShare, profile.executor.provisionedShare) = (1, Decimal(1) / 2)
        profile.executor.ephemeralMB = 1_024
        let bill = try Bill(profile, executions: 1)
        #expect(bill.lines.count > 25)
        #expect(bill.lines.allSatisfy { $0.amount > 0 })
      }
    }
    for node in CostProfile.Status.Node.allCases {
      var profile = CostProfile.basic
      profile.status.node = node
      #expect(try Bill(profile, executions: 1).amount(of: .status) > 0)
    }
  }

  @Test("tiers rise and become cheaper; names are unique")
  func tiers() {
    let lines = PriceBook.usEast1.lines
    #expect(Set(lines.map(\.item)).count == lines.count)
    for line in lines {
      #expect(line.tiers.last?.upTo == nil)
      #expect(line.tiers.map(\.price) == line.tiers.map(\.price).sorted(by: >))
      #expect(line.tiers.dropLast().compactMap(\.upTo).sorted() == line.tiers.dropLast().map { $0.upTo ?? 0 })
    }
  }

  @Test(
    "quotas that shape a load",
    arguments: [
      ("lambda.concurrency", 1_000), ("lambda.scale_up", 1_000), ("esm.start", 5), ("esm.ramp", 300),
      ("esm.maximum", 1_250), ("apigateway.rate", 10_000), ("apigateway.burst", 5_000), ("sqs.message", 1_024),
    ])
  func quotas(id: String, value: Int) {
    #expect(PriceBook.usEast1.quotas.first { $0.id == id }?.value == Decimal(value))
  }

  @Test("what is unknown is refused with what is near")
  func unknown() {
    #expect(throws: PricingError("unknown region 'us-east-2'", hint: "did you mean 'us-east-1'?")) {
      try PriceBook.named("us-east-2")
    }
    #expect(throws: PricingError("unknown price line 'sqs.requests'", hint: "did you mean 'sqs.request'?")) {
      try PriceBook.usEast1.line(named: "sqs.requests")
    }
    #expect(throws: PricingError("unknown profile 'leen'", hint: "did you mean 'lean'?")) {
      try CostProfile.named("leen")
    }
  }

  @Test(
    "volumes as people write them",
    arguments: [
      ("10000/month", "10000"), ("5M/month", "5000000"), ("10k", "10000"), ("1.5/s", "3942000"), ("40/hour", "29200"),
      ("24/day", "730"), ("2.5M", "2500000"),
    ])
  func volumes(text: String, perMonth: String) throws {
    try expect(try ExecutionVolume.perMonth(text), shows: perMonth)
  }

  @Test(
    "what is no volume is refused",
    arguments: ["0/month", "-5/month", "", "ten", "10/week", "1e4", "1/2/month", "/month", "NaN", "inf", "1000001M"])
  func noVolumes(text: String) {
    #expect(throws: PricingError.self) { try ExecutionVolume.perMonth(text) }
  }

  @Test(
    "settings that make no sense are refused",
    arguments: [
      "polls", "polls=", "polls=-1", "polls=x", "poll=3", "cold-share=2", "executor-mb=64", "nat=1.5", "batch=0",
      "architecture=mips", "=3", "environments=0",
    ])
  func settings(text: String) {
    #expect(throws: PricingError.self) {
      var profile = CostProfile.basic
      try CostSetting.apply(text, to: &profile)
    }
  }

  @Test("a setting changes what it names")
  func setting() throws {
    var profile = CostProfile.basic
    for text in ["polls=10", "architecture=arm", "store=dynamodb", "node=valkey.t4g_micro", "cold-share=0.25"] {
      try CostSetting.apply(text, to: &profile)
    }
    #expect(profile.api.polls == 10 && profile.executor.architecture == .arm && profile.status.store == .dynamodb)
    #expect(profile.status.node == .valkeyT4g)
    #expect(profile.executor.coldShare == (try money("0.25")))
  }

  @Test("three environments pay three times what stands idle, but for what CloudFront delivers")
  func environments() throws {
    var profile = CostProfile.lean
    let one = try Bill(profile, executions: 10_000)
    profile.environments = 3
    let three = try Bill(profile, executions: 10_000)
    #expect(three.fixed - three.amount(of: .cdn) == 3 * (one.fixed - one.amount(of: .cdn)))
    #expect(three.marginal == one.marginal)
  }
}
