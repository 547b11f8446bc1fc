import Statistics
import Testing

/// Expected values were computed with 40 digits.
@Suite struct QueueingTests {
  @Test(
    "Erlang B and C",
    arguments: [
      (1, 0.5, 0.333333333333, 0.5), (2, 1, 0.2, 0.333333333333), (5, 4, 0.199066874028, 0.554112554113),
      (10, 5, 0.0183845703366, 0.0361053591583), (10, 9, 0.167963226292, 0.668731524108),
      (100, 90, 0.0269573804644, 0.216940480906), (1000, 900, 5.92986267015e-5, 5.92669966379e-4),
      (1250, 1200, 0.0043570668804, 0.0986145839105),
    ] as [(Int, Double, Double, Double)])
  func erlang(servers: Int, load: Double, blocking: Double, waiting: Double) {
    #expect(abs(Erlang.blocking(servers: servers, load: load) - blocking) < 1e-11 * max(1, blocking))
    #expect(abs(Erlang.waiting(servers: servers, load: load) - waiting) < 1e-11)
  }

  @Test(
    "M/M/c: mean wait, response, queue, and quantiles of the wait",
    arguments: [
      (0.9, 1, 1, [9, 10, 8.1, 28.903718, 44.998097]),
      (4, 0.5, 10, [0.4091801508, 2.409180151, 1.636720603, 2.1021325, 3.7115704]),
      (45, 0.5, 100, [0.04338809618, 2.043388096, 1.952464328, 0.29352001, 0.61540759]),
    ] as [(Double, Double, Int, [Double])])
  func queue(arrivals: Double, service: Double, servers: Int, expected: [Double]) {
    let model = QueueModel(arrivals: arrivals, service: service, servers: servers)
    let found = [
      model.meanWait, model.meanResponse, model.meanQueue, model.waitQuantile(0.95), model.waitQuantile(0.99),
    ]
    for (value, wanted) in zip(found, expected) { #expect(abs(value - wanted) < 1e-6 * wanted) }
  }

  @Test(
    "Pollaczek and Khinchine, Allen and Cunneen",
    arguments: [
      (0.8, 1, 1, 1, 0, 2), (0.8, 1, 1, 1, 1, 4), (0.8, 1, 1, 1, 4, 10), (8, 1, 10, 1, 0, 0.1022950),
      (8, 1, 10, 1, 4, 0.5114752), (8, 1, 10, 1.44, 4, 0.5564850), (45, 0.5, 100, 1.44, 2.25, 0.0800510),
    ] as [(Double, Double, Int, Double, Double, Double)])
  func variability(
    arrivals: Double, service: Double, servers: Int, arrival: Double, serviceVariability: Double, wait: Double
  ) {
    let model = QueueModel(
      arrivals: arrivals, service: service, servers: servers, arrivalVariability: arrival,
      serviceVariability: serviceVariability)
    #expect(abs(model.meanWait - wait) < 1e-6 * max(1, wait))
  }

  @Test(
    "the fewest servers for a wait",
    arguments: [(10, 1, 26), (50, 1, 108), (100, 1, 208), (500, 1, 1009), (100, 0.1, 228), (1.54, 1, 7), (13.9, 1, 34)]
      as [(Double, Double, Int)])
  func sizing(arrivals: Double, wait: Double, servers: Int) {
    #expect(QueueModel.servers(arrivals: arrivals, service: 0.5, wait: wait, at: 0.99) == servers)
  }

  @Test("a queue that cannot keep up waits without end, and too few servers are none")
  func overload() {
    let model = QueueModel(arrivals: 10, service: 1, servers: 10)
    #expect(!model.isStable && model.meanWait == .infinity && model.waitQuantile(0.5) == .infinity)
    #expect(QueueModel.servers(arrivals: 100, service: 1, wait: 0.1, at: 0.99, most: 100) == nil)
    #expect(QueueModel(arrivals: 1, service: 1, servers: 50).waitQuantile(0.99) == 0)
  }

  @Test("Kneedle finds the published knee, and none in a straight line")
  func kneedle() throws {
    let points = (0..<10).map { index -> (x: Double, y: Double) in
      let x = Double(index) / 9
      return (x, -1 / (x + 0.1) + 5)
    }
    #expect(abs(try #require(Kneedle.knee(points)) - 0.2222) < 1e-4)
    #expect(Kneedle.knee((0..<10).map { (Double($0), Double($0)) }) == nil)
    #expect(Kneedle.knee([(1, 1), (2, 2)]) == nil)
  }

  private static let benchmark: [(concurrency: Double, throughput: Double)] = [
    (1, 64.9), (18, 995.9), (36, 1652.4), (72, 1853.2), (108, 1828.9), (144, 1775.0), (216, 1702.2),
  ]

  @Test("the scalability law of specsdm91 is that of R's usl")
  func scalability() throws {
    let law = try #require(ScalabilityLaw(fitting: Self.benchmark))
    #expect(abs(law.sigma - 0.0277284) < 1e-6)
    #expect(abs(law.kappa - 1.043655e-4) < 1e-9)
    #expect(abs(law.lambda - 89.99523) < 1e-3)
    #expect(abs(try #require(law.peakConcurrency) - 96.5196) < 1e-2)
    #expect(abs(try #require(law.amdahlLimit) - 3245.59) < 0.1)
    let predicted = [90, 1078, 1541, 1850, 1879, 1822, 1646.0]
    for (point, wanted) in zip(Self.benchmark, predicted) {
      #expect(abs(law.throughput(at: point.concurrency) - wanted) < 0.6)
    }
  }

  private typealias Points = [(concurrency: Double, throughput: Double)]

  @Test("exact points give the exact law; a bound holds; too few points are none")
  func fits() throws {
    let synthetic: [(concurrency: Double, throughput: Double)] = [1, 2, 4, 6, 8, 10].map {
      ($0, ScalabilityLaw(lambda: 1, sigma: 0.02, kappa: 0.02).throughput(at: $0))
    }
    let law = try #require(ScalabilityLaw(fitting: synthetic))
    #expect(abs(law.sigma - 0.02) < 1e-6 && abs(law.kappa - 0.02) < 1e-6 && abs(law.lambda - 1) < 1e-6)
    #expect(abs(try #require(law.peakConcurrency) - 7) < 1e-3)
    let rising: Points = [1, 2, 3, 4, 5, 6, 7].map { ($0, $0 * $0 * 10) }
    let linear = try #require(ScalabilityLaw(fitting: rising))
    #expect(linear.sigma == 0 && linear.kappa == 0 && linear.peakConcurrency == nil)
    #expect(ScalabilityLaw(fitting: Array(Self.benchmark.prefix(5))) == nil)
  }
}
