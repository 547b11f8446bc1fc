import CapacityPlanning
import Glibc
import Reporting
import RunRecords
import Statistics
import Testing

/// Plan and search against platforms whose capacity is known by theory: equal servers, Poisson arrivals, exponential service.
@Suite struct TrueCapacityTests {
  struct Platform: Sendable, CustomTestStringConvertible {
    var servers: Int
    var service: Double
    /// Seconds that the 95th percentile of end-to-end time may reach.
    var limit: Double

    var testDescription: String { "\(servers) servers, \(service) s, p95 < \(limit) s" }

    /// The share of jobs that stay longer than the limit at a rate: the wait is 0 or exponential, the service exponential.
    func share(beyondLimitAt rate: Double) -> Double {
      let mu = 1 / service
      let theta = Double(servers) * mu - rate
      let waiting = Erlang.waiting(servers: servers, load: rate * service)
      let (own, queue) = (exp(-mu * limit), exp(-theta * limit))
      guard abs(theta - mu) > 1e-9 else { return own * (1 + waiting * mu * limit) }
      return (1 - waiting) * own + waiting * (theta * own - mu * queue) / (theta - mu)
    }

    /// The rate at which exactly one job in twenty stays longer than the limit.
    var capacity: Double {
      var (low, high) = (0.0, Double(servers) / service)
      for _ in 0..<80 {
        let middle = (low + high) / 2
        if share(beyondLimitAt: middle) < 0.05 { low = middle } else { high = middle }
      }
      return low
    }

    var objective: String { "p95(e2e) < \(Int(limit * 1_000))ms" }
  }

  // Of a single server p95 varies so slowly that half an hour would be needed to tell it within a tenth.
  static let platforms = [
    Platform(servers: 4, service: 0.3, limit: 2), Platform(servers: 8, service: 0.5, limit: 2.5),
    Platform(servers: 16, service: 0.5, limit: 3),
  ]

  private func searched(_ platform: Platform, seed: UInt64) throws -> SaturationSearch {
    let (run, ceiling) = (
      SimulatedRun(servers: platform.servers, service: platform.service), Double(platform.servers) / platform.service
    )
    let objective = try ServiceObjective([platform.objective])
    var search = SaturationSearch(try .init(from: ceiling / 2, to: ceiling * 2))
    while case .measure(let rate, _) = search.next {
      let reading = run.reading(rate: rate, window: 600, seed: seed + UInt64(search.steps.count))
      let level = try #require(JudgedStep.all(of: reading, objective).first)
      search.record(passed: level.reasons.allSatisfy { $0.contains("INVALID") })
    }
    return search
  }

  private func planned(_ platform: Platform, seed: UInt64) throws -> RateEstimate {
    let (run, ceiling) = (
      SimulatedRun(servers: platform.servers, service: platform.service), Double(platform.servers) / platform.service
    )
    let readings = [0.3, 0.5, 0.7, 0.85, 1.5].enumerated().map { index, share in
      run.reading(rate: share * ceiling, window: 240, seed: seed + UInt64(index))
    }
    let plan = try CapacityPlan(
      readings, ServiceObjective([platform.objective]), Demand(perMonth: 1_000_000, peak: 2))
    return try #require(plan.model.estimate)
  }

  @Test("the known capacity is met by the simulation itself", arguments: platforms)
  func truth(platform: Platform) {
    let queue = SimulatedQueue(servers: platform.servers, service: platform.service, seed: 9)
    let tail = queue.percentile95(rate: platform.capacity, jobs: 60_000)
    #expect(abs(tail / platform.limit - 1) < 0.1, "\(tail)")
  }

  @Test("five runs, a search and the truth agree within a tenth", arguments: platforms)
  func agreement(platform: Platform) throws {
    let seed: UInt64 = 1_000
    let truth = platform.capacity
    let search = try searched(platform, seed: seed)
    let found = try #require(search.lastPass)
    let estimate = try planned(platform, seed: seed + 500)
    #expect(abs(found / truth - 1) < 0.1, "searched \(found), true \(truth)")
    #expect(abs(estimate.rate / truth - 1) < 0.1, "planned \(estimate.rate), true \(truth)")
    #expect(abs(estimate.rate / found - 1) < 0.1, "planned \(estimate.rate), searched \(found)")
    #expect(search.isConfirmed && estimate.method != .atLeast)
  }
}
