import FoundationEssentials
import Pricing
import Testing

/// What the jobs of a run cost.
@Suite struct RunCostTests {
  private static func job(
    _ milliseconds: Int = 1_000, polls: Int = 1, waited: Int = 0, submissions: Int = 1, deliveries: Int = 1
  ) -> JobUsage {
    JobUsage(
      execution: InvocationUsage(billedMilliseconds: milliseconds, memoryMB: 1_024), submissions: submissions,
      polls: polls, waitedMilliseconds: waited, deliveries: deliveries)
  }

  @Test(
    "a job costs what the model says of one with its quantities",
    arguments: [(3, "0.0000627163"), (10, "0.0000715538")])
  func vector(polls: Int, dollars: String) throws {
    // 1,500 ms and 5 % of 350 ms are no whole number of milliseconds, so two jobs in which they are.
    let jobs = [1_517, 1_518].map { billed in
      JobPricing(PriceVectorTests.job(polls: polls)).cost(
        of: JobUsage(execution: InvocationUsage(billedMilliseconds: billed, memoryMB: 1_769), polls: polls))
    }
    try expect((jobs[0].total + jobs[1].total) / 2, shows: dollars)
  }

  @Test("each status read, submission and delivery adds its own")
  func quantities() throws {
    let pricing = JobPricing()
    let plain = pricing.cost(of: Self.job()).total
    let call = try money("0.00000126250005")
    #expect(abs(pricing.cost(of: Self.job(polls: 2)).total - plain - (try money("0.0000012625"))) < call / 1_000)
    let twice = pricing.cost(of: Self.job(submissions: 2))
    #expect(twice.total - plain == twice.repeats && twice.repeats > 0)
    let again = pricing.cost(of: Self.job(deliveries: 2))
    #expect(again.total - plain == again.repeats)
    #expect(again.repeats == (try money("0.0000168667")) + (try money("0.0000008")))
    // A read that waits a second holds 256 MB for it.
    let waited = pricing.cost(of: Self.job(waited: 1_000)).total - plain
    #expect(waited == (try money("0.000004166675")))
  }

  @Test(
    "a dispatcher is paid for its share of the executor's time and its invocations; without one there is no such part")
  func dispatcher() throws {
    var profile = CostProfile.measured
    profile.dispatcher.memoryMB = 256
    profile.dispatcher.waitShare = try money("0.5")
    profile.dispatcher.invocations = try money("0.25")
    let (with, without) = (JobPricing(profile), JobPricing())
    for deliveries in [1, 3] {
      let job = Self.job(2_000, deliveries: deliveries)
      let (cost, plain) = (with.cost(of: job), without.cost(of: job))
      // 256 MB for half of two seconds are a quarter of a GB-second at 0.0000166667, and a request is 0.0000002.
      let one = try money("0.000004166675") + (try money("0.00000005"))
      #expect(cost.dispatcher == one * Decimal(deliveries) && plain.dispatcher == 0)
      #expect(cost.total - plain.total == cost.dispatcher)
      #expect(cost.repeats - plain.repeats == one * Decimal(deliveries - 1))
      #expect(abs(with.dollars(of: job) - cost.total.double) < 1e-15)
    }
    var run = RunCost(with)
    run.add(Self.job(), succeeded: true)
    #expect(run.partsPerExecution?.contains { $0.part == .dispatcher } == true)
    var other = RunCost(without)
    other.add(Self.job(), succeeded: true)
    #expect(other.partsPerExecution?.contains { $0.part == .dispatcher } == false)
  }

  @Test("failures are billed, told apart, and paid for by what succeeded")
  func failures() throws {
    var cost = RunCost()
    for index in 0..<10 { cost.add(Self.job(), succeeded: index < 8) }
    cost.add(nil, succeeded: false)
    cost.addRefused(calls: 3)
    let one = JobPricing().cost(of: Self.job()).total
    #expect(cost.refused == JobPricing().refused(calls: 3))
    #expect(cost.total == one * 10 + cost.refused)
    #expect(cost.failures == one * 2 + cost.refused)
    #expect(cost.perExecution == one)
    #expect(cost.perSuccess == cost.total / 8)
    #expect(cost.unpriced == 1)
    #expect(RunCost().perExecution == nil && RunCost().perSuccess == nil && RunCost().interval == nil)
  }

  @Test("parts add up to the whole")
  func parts() throws {
    var cost = RunCost()
    for index in 1...50 { cost.add(Self.job(index * 10, polls: index), succeeded: true) }
    let parts = try #require(cost.partsPerExecution)
    let sum = parts.reduce(Decimal(0)) { $0 + $1.dollars }
    #expect(abs(sum - (try #require(cost.perExecution))) < (try money("0.000000000000001")))
  }

  @Test("the interval holds the mean, needs thirty jobs, and has no width where all jobs are the same")
  func interval() throws {
    var (same, mixed) = (RunCost(), RunCost())
    for index in 0..<29 {
      same.add(Self.job(), succeeded: true)
      mixed.add(Self.job(100 + index * 100), succeeded: true)
    }
    #expect(same.interval == nil)
    same.add(Self.job(), succeeded: true)
    mixed.add(Self.job(3_000), succeeded: true)
    let mean = try #require(same.perExecution).double
    #expect(abs(try #require(same.interval).lowerBound - mean) < mean * 1e-6)
    let wide = try #require(mixed.interval)
    #expect(wide.contains(try #require(mixed.perExecution).double))
    // Standard deviation of 100 ... 3,000 ms in steps of 100 is 880 ms: half a width of 315 ms of 1 GB.
    #expect(abs((wide.upperBound - wide.lowerBound) / 2 - 315e-3 * 0.0000166667) < 2e-8)
  }

  @Test("what a platform says of its deliveries is not believed without bounds")
  func hostile() {
    #expect(Self.job(deliveries: .max).deliveries == 1_000)
    #expect(Self.job(polls: -1, submissions: -5, deliveries: -2) == Self.job(polls: 0))
  }

  @Test("what stands idle is the lean profile's, spread over a month or over seconds")
  func fixed() throws {
    let fixed = FixedCost(.measured)
    try expect(fixed.monthly, shows: "17.3130")
    #expect(fixed.monthly == (try MonthlyUsage(.lean, executions: 1).fixedCost(in: .usEast1)))
    #expect(fixed.perExecution(10_000) == fixed.monthly / 10_000)
    #expect(fixed.during(seconds: 2_628_000) == fixed.monthly)
    #expect(fixed.executions(perSecond: 1) == 2_628_000 && fixed.executions(perSecond: .nan) == 0)
  }
}
