import CapacityPlanning
import Glibc
import Statistics
import Testing

@Suite struct SaturationSearchTests {
  /// Runs a search against a platform that is a function of the rate.
  private func result(
    from: Double = 1, to: Double = 1000, precision: Double = 0.05, _ holds: (Double) -> Bool
  ) throws -> SaturationSearch {
    var search = SaturationSearch(try .init(from: from, to: to, precision: precision))
    while case .measure(let rate, _) = search.next { search.record(passed: holds(rate)) }
    return search
  }

  @Test(arguments: [1.0, 1.9, 3.3, 17, 99.9, 640, 970])
  func `the bracket holds the limit of any platform, within the precision`(limit: Double) throws {
    let search = try result { $0 <= limit }
    let (pass, fail) = (try #require(search.lastPass), try #require(search.firstFail))
    #expect(pass <= limit && limit < fail && fail <= pass * 1.05 * 1.000001)
    #expect(search.isConfirmed && search.confirmed == 3)
    #expect(search.steps.filter { $0.purpose == .bisect }.count <= 5)
    #expect(search.steps.count <= 19)
  }

  @Test func `a platform that fails at the first rate has no last pass, and one that holds all has no first fail`()
    throws
  {
    let never = try result { _ in false }
    #expect(never.lastPass == nil && never.firstFail == 1 && !never.isConfirmed && never.steps.count == 1)
    let always = try result(to: 100) { _ in true }
    #expect(always.lastPass == 100 && always.firstFail == nil && always.reachedEnd && always.isConfirmed)
  }

  @Test func `a repetition that fails takes the bracket down`() throws {
    var confirmations = 0
    var search = SaturationSearch(try .init(from: 1, to: 100))
    while case .measure(let rate, let purpose) = search.next {
      if purpose == .confirm { confirmations += 1 }
      search.record(passed: rate <= 40 && !(purpose == .confirm && confirmations == 2))
    }
    let pass = try #require(search.lastPass)
    #expect(pass < 40 && search.confirmed == 3 && search.isConfirmed)
    #expect(try #require(search.firstFail) <= pass * 1.05 * 1.000001)
  }

  @Test func `a platform that decides by chance is not asked forever`() throws {
    var random = SplitMix64(seed: 3)
    let search = try result { _ in random.unit() < 0.5 }
    #expect(search.steps.count <= 60)
  }

  @Test(arguments: [(0, 10), (-1, 10), (10, 10), (10, 1), (1, .infinity)] as [(Double, Double)])
  func `a range without rates is refused`(from: Double, to: Double) {
    #expect(throws: PlanningRefusal.self) { try SaturationSearch.Settings(from: from, to: to) }
  }

  @Test func `simulated queues are found to hold what theory says`() throws {
    let (servers, service) = (8, 0.5)
    let search = try result(to: 100) { rate in
      SimulatedQueue(servers: servers, service: service, seed: UInt64(rate * 1000)).percentile95(rate: rate) < 2.5
    }
    // p95 of wait and service in M/M/8 crosses 2.5 s a little below the ceiling of 16/s.
    let pass = try #require(search.lastPass)
    #expect(pass > 12.5 && pass < 16)
  }
}

/// M/M/c, by simulation.
struct SimulatedQueue {
  var servers: Int
  var service: Double
  var seed: UInt64

  func percentile95(rate: Double, jobs: Int = 20_000) -> Double {
    var random = SplitMix64(seed: seed)
    func exponential(_ mean: Double, _ random: inout SplitMix64) -> Double { -mean * log(1 - random.unit()) }
    var free = Array(repeating: 0.0, count: servers)
    var (now, times) = (0.0, [Double]())
    for _ in 0..<jobs {
      now += exponential(1 / rate, &random)
      let server = free.indices.min { free[$0] < free[$1] } ?? 0
      free[server] = max(now, free[server]) + exponential(service, &random)
      times.append(free[server] - now)
    }
    return times.sorted()[jobs * 95 / 100]
  }
}
