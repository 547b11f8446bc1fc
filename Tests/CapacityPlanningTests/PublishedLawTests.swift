import CapacityPlanning
import Statistics
import Testing

/// The laws of capacity with the figures that are published of them, and the faults that published programs have.
@Suite struct PublishedLawTests {
  // usl4j's own model of its Cisco data; its inverse leaves out kappa and gives 15.3504, where throughput is 9842.6.
  private static let router = ScalabilityLaw(lambda: 995.6486, sigma: 0.02671591, kappa: 7.690945e-4)

  @Test func `the concurrency of a throughput is the lower of two, and gives that throughput`() throws {
    let law = Self.router
    let n = try #require(law.concurrency(at: 11_048))
    #expect(abs(n - 19.9239) < 5e-4, "\(n)")
    #expect(abs(law.throughput(at: n) - 11_048) < 1e-6)
    #expect(abs(law.throughput(at: 63.5164) - 11_048) < 0.05)
    let without = (law.sigma - 1) / (law.sigma * 11_048 - law.lambda) * 11_048
    #expect(abs(without - 15.3504) < 5e-4 && abs(law.throughput(at: without) - 9_842.6) < 0.05)
    #expect(abs(try #require(law.response(atThroughput: 11_048)) - n / 11_048) < 1e-12)
  }

  // Its own test asks this model for the latency at 400 a second.
  @Test func `a throughput beyond the peak has no latency`() throws {
    let law = ScalabilityLaw(lambda: 40, sigma: 0.06, kappa: 0.06)
    #expect(abs(try #require(law.peakThroughput) - 84.215) < 5e-4)
    #expect(law.response(atThroughput: 400) == nil && law.response(atThroughput: 84) != nil)
  }

  // The raytracer's published points: without bounds kappa comes out as -2.01e-4, as if more load made it faster for ever.
  @Test func `a fit has no negative contention and no negative coherence`() throws {
    let points: [(concurrency: Double, throughput: Double)] = [
      (1, 20), (4, 78), (8, 130), (12, 170), (16, 190), (20, 200), (24, 210), (28, 230), (32, 260), (48, 280),
      (64, 310),
    ]
    let fit = try #require(ScalabilityFit(points))
    #expect(fit.law.kappa == 0 && fit.law.sigma > 0.03 && fit.law.sigma < 0.07)
    #expect(fit.law.peakConcurrency == nil && !fit.supportsPeak)
  }

  @Test func `specsdm91 has the published limits of contention and of coherence`() throws {
    let figures = try ScalabilityFigures(LoadLevels(csv: CalculatorTests.benchmark, name: "levels.csv"))
    let law = figures.fit.law
    #expect(abs(1 / law.sigma - 36.064) < 2e-3)
    #expect(abs(try #require(law.amdahlLimit) - 3_245.59) < 0.1)
    for (level, published) in zip(figures.levels, [90, 1_078, 1_541, 1_850, 1_879, 1_822, 1_646]) {
      #expect(abs(level.fitted - Double(published)) < 0.5)
    }
  }

  private static let standard = BurstDrain.Ramp.standard()
  private static let capped = BurstDrain.Ramp.standard(cap: 50)
  private static let two = BurstDrain.Ramp.provisioned(pollers: 2)
  private static let twenty = BurstDrain.Ramp.provisioned(pollers: 20)

  @Test(
    arguments: [
      (standard, 100, [5.4, 8.0, 13.2]), (standard, 1_000, [19.0, 27.3, 43.7]),
      (standard, 10_000, [62.3, 88.5, 140.4]),
      (capped, 100, [5.4, 8.0, 14.1]), (capped, 1_000, [24.1, 44.1, 104.1]), (capped, 10_000, [204, 404, 1_004]),
      (two, 100, [2.5, 3.8, 6.6]), (two, 1_000, [9.8, 14.3, 23.3]), (two, 10_000, [33.5, 47.8, 76.3]),
      (twenty, 100, [0.5, 1.0, 2.3]), (twenty, 1_000, [4.2, 7.6, 15.3]), (twenty, 10_000, [24.7, 38.5, 66.4]),
    ] as [(BurstDrain.Ramp, Double, [Double])])
  func `a burst drains in the published time, for jobs of one, two and five seconds`(
    ramp: BurstDrain.Ramp, jobs: Double, seconds: [Double]
  ) throws {
    for (service, published) in zip([1.0, 2, 5], seconds) {
      let drain = try BurstDrain(jobs: jobs, service: service, ramp)
      // Two of the published figures were rounded twice: 88.45 and 38.44.
      #expect(abs(drain.seconds - published) < (published < 150 ? 0.065 : 0.501), "\(drain.seconds)")
    }
  }

  @Test func `fixed environments drain a burst at their throughput, and more work never takes less time`() throws {
    let local = try BurstDrain(jobs: 1_000, service: 2, .fixed(4))
    #expect(local.seconds == 500 && local.concurrency == 4)
    for ramp in [Self.standard, Self.capped, Self.two, .fixed(3), .standard(cap: 2)] {
      var last = 0.0
      for jobs in [1.0, 10, 100, 1_000, 20_000, 1e6] {
        let drain = try BurstDrain(jobs: jobs, service: 1.5, ramp)
        #expect(drain.seconds > last && drain.concurrency <= ramp.cap)
        last = drain.seconds
      }
    }
  }

  @Test func `a burst of nothing, a service of nothing and no environments are refused`() {
    for (jobs, service) in [(0.0, 1.0), (-1, 1), (.nan, 1), (10, 0), (10, -1), (10, .infinity)] {
      #expect(throws: PlanningRefusal.self) { try BurstDrain(jobs: jobs, service: service, .standard()) }
    }
    #expect(throws: PlanningRefusal.self) { try BurstDrain(jobs: 1, service: 1, .fixed(0)) }
    #expect(throws: PlanningRefusal.self) {
      try BurstDrain(jobs: 1, service: 1, .init(start: 5, perSecond: -1, cap: 50))
    }
  }
}
