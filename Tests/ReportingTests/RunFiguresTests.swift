import FoundationEssentials
import Jobs
import Pricing
import Reporting
import RunRecords
import Statistics
import Testing

@Suite struct RunFiguresTests {
  private let steady = RunFigures(SyntheticRun.steady())
  private let smoke = RunFigures(SyntheticRun.smoke())

  @Test("outcomes add up, and warm-up is in no figure")
  func outcomes() {
    let reading = SyntheticRun.steady()
    let recorded = reading.records.count { $0.phase == "steady" }
    #expect(steady.outcomes.count == recorded)
    #expect(steady.outcomes.counts.reduce(0) { $0 + $1.count } == recorded)
    #expect(steady.entries.reduce(0) { $0 + $1.outcomes.count } == recorded)
    #expect(steady.outcomes[.wrongResult] == 1 && steady.outcomes[.failed] == 1 && steady.outcomes[.timedOut] == 1)
    #expect(steady.figures(.e2e)?.sample.count == recorded)
  }

  @Test("failures that were expected are successes and keep the platform's word")
  func expected() {
    #expect(smoke.outcomes[.succeeded] == 34)
    let loop = smoke.entries.first { $0.entry == "js-endless-loop" }
    #expect(loop?.errorTypes.first?.type == .timeout)
    #expect(smoke.failures.isEmpty)
  }

  @Test("failures are grouped by what happened, with the first of them as examples")
  func failures() {
    #expect(steady.failures.count == 3)
    #expect(steady.failures.allSatisfy { $0.examples.count == 1 && $0.count == 1 })
    #expect(steady.failures.first?.examples.first?.excerpt?.contains("Traceback") == true)
  }

  @Test("the parts of a bar add up to its e2e")
  func decompositions() {
    for figures in steady.decompositions + smoke.decompositions {
      let sum = figures.parts.reduce(0) { $0 + $1.nanoseconds }
      #expect(abs(sum - figures.e2e) < 10)
    }
    #expect(steady.decompositions.contains { $0.language == .python && $0.place == .around(0.5) })
    #expect(!steady.decompositions.contains { $0.place == .around(0.95) }, "no language has 200 jobs")
    #expect(smoke.decompositions.map(\.place).allSatisfy { $0 == .warm || $0 == .cold })
  }

  @Test("a bar at p50 is close to the p50 of e2e")
  func barAtMedian() throws {
    let bar = try #require(steady.decompositions.first { $0.language == .python && $0.place == .around(0.5) })
    let median = try #require(steady.figures(.e2e, .language(.python))?.quantile(0.5).exact)
    #expect(abs(bar.e2e - Double(median)) < Double(median) * 0.1)
  }

  @Test("a percentile is there only where ten jobs lie beyond it")
  func rule() throws {
    for figures in steady.series + smoke.series {
      for estimate in figures.quantiles {
        let supported = PercentileRule.supports(estimate.probability, count: figures.sample.count)
        #expect((estimate.value != .notAvailable) == supported)
      }
    }
  }

  @Test("rates count what was due, read and good in the recorded phases")
  func rates() throws {
    let rate = try #require(steady.rate)
    #expect(abs(rate.offered - Double(steady.outcomes.count) / 60) < 1e-9)
    #expect(rate.throughput >= rate.goodput && rate.goodput > 0)
    #expect(rate.good == steady.recorded.count { $0.isGood(sloMilliseconds: 2_000) })
    #expect(smoke.rates.map(\.scope) == [.all, .phase("cold"), .phase("warm"), .phase("failures")])
    #expect(try #require(smoke.rate).isClosed)
    let short = try #require(RunFigures(SyntheticRun.interrupted()).rate)
    #expect(abs(short.seconds - 10) < 0.01)
  }

  @Test("cold starts are counted with an interval, and paired within a language")
  func cold() throws {
    let all = try #require(smoke.cold.all)
    #expect(all.waited.successes == 4 && all.waited.count == 34)
    #expect(all.cold.count == 4 && all.warm.count == 30)
    #expect(try #require(smoke.cold.ratio) > 1)
    #expect(smoke.cold.splits.count == 5)
    #expect(RunFigures(SyntheticRun.silent()).cold.unknown > 300)
  }

  @Test("cost is priced from billed time, failures apart, and spread only where the scenario says over how many")
  func cost() {
    #expect(steady.cost.all.executions == steady.outcomes.count - 1)
    #expect(steady.cost.all.unpriced == 1)
    #expect(steady.cost.all.failures > 0)
    #expect(steady.cost.languages.reduce(0) { $0 + $1.cost.executions } == steady.cost.all.executions)
    #expect(steady.cost.amortised?.executionsPerMonth == 10_000)
    #expect(smoke.cost.amortised == nil)
  }

  @Test("a job's cost is its execution, calls, reads and deliveries; phases and languages add up to the whole")
  func wholeCost() throws {
    let cost = steady.cost
    let languages = cost.languages.reduce(Decimal(0)) { $0 + $1.cost.total }
    let parts = try #require(cost.all.partsPerExecution).reduce(Decimal(0)) { $0 + $1.dollars }
    let noise = Decimal(sign: .plus, exponent: -25, significand: 1)
    #expect(abs(languages - cost.all.total) < noise)
    #expect(abs(parts - (try #require(cost.all.perExecution))) < noise)
    #expect(try #require(cost.all.interval).contains(try #require(cost.all.perExecution).double))
    #expect(cost.all.repeats == 0 && cost.all.refused == 0)
    #expect(cost.run > cost.all.total)
    // What stands idle weighs less when the run's own rate goes on all month than at ten thousand executions.
    let (observed, declared) = (
      cost.amortised(cost.all, over: cost.observedPerMonth), cost.amortised(cost.all, over: 10_000)
    )
    #expect(try #require(observed) < (try #require(declared)))
    #expect(cost.amortised(cost.all, over: nil) == nil)
  }

  @Test("status reads, repeated submissions, deliveries and refusals are paid for")
  func quantities() throws {
    func cost(_ change: (inout JobRecord) -> Void) throws -> RunCost {
      var run = SyntheticRun.steady()
      var records = Array(run.records)
      for index in records.indices { change(&records[index]) }
      run.records = JobRecords(records)
      return RunFigures(run).cost.all
    }
    let plain = steady.cost.all
    let noise = Decimal(sign: .plus, exponent: -25, significand: 1)
    #expect(try cost { $0.polls += 1 }.total > plain.total)
    let repeated = try cost { $0.retries = 2 }
    #expect(repeated.repeats > 0 && abs(repeated.total - plain.total - repeated.repeats) < noise)
    let delivered = try cost { $0.timings?.attempt = 2 }
    #expect(delivered.repeats > 0 && abs(delivered.total - plain.total - delivered.repeats) < noise)
    let refused = try cost {
      ($0.jobId, $0.httpStatus, $0.outcome) = (nil, 429, .rejected)
    }
    #expect(refused.executions == 0 && refused.refused > 0 && refused.total == refused.refused)
    #expect(refused.failures == refused.total && refused.perSuccess == nil)
  }

  @Test("the frontier has a point a phase and language with a p95, and none is beaten that is called efficient")
  func frontier() throws {
    var run = SyntheticRun.steady()
    run.records = JobRecords((0..<4).flatMap { _ in Array(run.records) })
    let points = RunFigures(run).frontier.points
    #expect(points.count >= 2)
    let best = points.filter(\.isEfficient)
    #expect(!best.isEmpty && best.map(\.dollars) == best.map(\.dollars).sorted(by: >))
    for point in points where !point.isEfficient {
      #expect(best.contains { $0.p95 <= point.p95 && $0.dollars <= point.dollars })
    }
    #expect(smoke.frontier.points.isEmpty)
  }

  @Test("what the data do not support is said")
  func unsupported() {
    #expect(smoke.unsupported.contains { $0.contains("no objective") })
    #expect(smoke.unsupported.contains { $0.contains("one machine") })
    #expect(RunFigures(SyntheticRun.silent()).unsupported.contains { $0.contains("no complete set of instants") })
  }
}
