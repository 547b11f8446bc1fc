import CapacityPlanning
import Foundation
import Statistics
import Testing

@Suite struct CalculatorTests {
  static let benchmark =
    "concurrency,throughput\n1,64.9\n18,995.9\n36,1652.4\n72,1853.2\n108,1828.9\n144,1775.0\n216,1702.2\n"

  @Test func `the published benchmark gives the published law with its errors`() throws {
    let figures = try ScalabilityFigures(LoadLevels(csv: Self.benchmark, name: "levels.csv"))
    #expect(abs(figures.fit.law.sigma - 0.0277284) < 1e-6)
    #expect(abs(figures.fit.law.kappa - 1.043655e-4) < 1e-9)
    #expect(abs(figures.fit.law.lambda - 89.99523) < 1e-3)
    let errors = try #require(figures.fit.standardErrors)
    #expect(abs(errors[0] - 14.2135) < 1e-2 && abs(errors[1] - 0.0091218) < 1e-5 && abs(errors[2] - 1.98767e-5) < 1e-8)
    #expect(abs(figures.fit.residualStandardError - 82.846) < 1e-2)
    #expect(abs(figures.fit.determination - 0.98956) < 1e-4)
    #expect(abs(try #require(figures.peakConcurrency) - 96.5196) < 1e-2)
    #expect(abs(try #require(figures.peakThroughput) - 1883.9) < 0.1)
    let published = [0.7211, 0.6148, 0.5100, 0.2860, 0.1882, 0.1370, 0.0876]
    for (level, wanted) in zip(figures.levels, published) { #expect(abs(level.efficiency - wanted) < 1e-4) }
    #expect(figures.fit.kappa.contains(figures.fit.law.kappa) && figures.fit.sigma.contains(figures.fit.law.sigma))
    #expect(figures.fit.kappa.lowerBound > 0 && !figures.peakIsExtrapolated)
  }

  @Test func `rounded synthetic points give their law back`() throws {
    let text = "concurrency,throughput\n1,1\n2,1.8868\n4,3.0769\n6,3.5294\n8,3.5398\n10,3.3557"
    let figures = try ScalabilityFigures(LoadLevels(csv: text, name: "levels.csv"))
    #expect(abs(figures.fit.law.sigma - 0.02) < 5e-5 && abs(figures.fit.law.kappa - 0.02) < 5e-5)
    #expect(abs(figures.fit.law.lambda - 1) < 5e-5)
    #expect(abs(try #require(figures.peakConcurrency) - 7) < 5e-3)
  }

  @Test func `levels that rise in a straight line support no peak, and JSON says null and why`() throws {
    let text = "concurrency,throughput\n" + (1...8).map { "\($0),\($0 * 10 + $0 % 2)" }.joined(separator: "\n")
    let figures = try ScalabilityFigures(LoadLevels(csv: text, name: "levels.csv"))
    #expect(figures.peakConcurrency == nil && figures.peakThroughput == nil && figures.noPeakReason != nil)
    #expect(figures.fit.kappa.lowerBound == 0)
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(figures)) as? [String: Any]
    #expect(json?["nMax"] is NSNull && json?["xMax"] is NSNull && json?["noPeakReason"] is String)
    #expect((json?["residuals"] as? [Double])?.count == 8)
    let intervals = json?["intervals"] as? [String: [String: Double]]
    #expect(intervals?["kappa"]?["lower"] == 0)
  }

  @Test(
    arguments: [
      ("concurrency,throughput\n1,1\n2,2\n3,3\n4,4\n5,5\n", "6 different"),
      ("concurrency,throughput\n1,1\n1,2\n2,2\n3,3\n4,4\n5,5\n", "6 different"),
      ("concurrency,throughput\n" + String(repeating: "4,10\n", count: 7), "identical"),
      ("n,x\n1,2\n", "concurrency,throughput"), ("", "concurrency,throughput"),
      ("concurrency,throughput\n1,1\n2,zwei\n", "levels.csv:3"),
      ("concurrency,throughput\n1,1\n2,-2\n", "levels.csv:3"),
      ("concurrency,throughput\n0,1\n", "levels.csv:2"), ("concurrency,throughput\n1,inf\n", "levels.csv:2"),
    ])
  func `what is no table of levels is refused with what is needed`(text: String, sentence: String) {
    let refusal = #expect(throws: PlanningRefusal.self) { try LoadLevels(csv: text, name: "levels.csv") }
    #expect(refusal?.description.contains(sentence) == true)
  }

  @Test func `tables from other tools are read: carriage returns, blanks, a byte order mark, more columns`() throws {
    let text =
      "\u{feff}run, Throughput , CONCURRENCY\r\na, 10, 1\r\nb,19,2\r\nc,27,3\r\nd,34,4\r\ne,40,5\r\nf,45,6\r\n\r\n"
    let levels = try LoadLevels(csv: text, name: "x")
    #expect(levels.points.map(\.concurrency) == [1, 2, 3, 4, 5, 6] && levels.points.last?.throughput == 45)
  }

  @Test(
    arguments: [
      (0.9, 1, 1, [9, 10, 8.1, 28.903718, 44.998097]),
      (4, 2, 10, [0.4091801508, 2.409180151, 1.636720603, 2.1021325, 3.7115704]),
      (45, 2, 100, [0.04338809618, 2.043388096, 1.952464328, 0.29352001, 0.61540759]),
    ] as [(Double, Double, Int, [Double])])
  func `queues have the waits that theory gives`(rate: Double, service: Double, servers: Int, expected: [Double]) throws
  {
    let figures = try QueueFigures(rate: rate, service: service, servers: servers)
    for (value, wanted) in zip([figures.wq, figures.w, figures.lq, figures.wq95, figures.wq99], expected) {
      #expect(abs(value - wanted) < 1e-7 * max(1, wanted))
    }
  }

  @Test(
    arguments: [
      (0.5, 1, 1, 0.333333333333, 0.5), (1, 1, 2, 0.2, 0.333333333333), (90, 1, 100, 0.0269573804644, 0.216940480906),
      (1200, 1, 1250, 0.0043570668804, 0.0986145839105),
    ] as [(Double, Double, Int, Double, Double)])
  func `Erlang's formulas`(rate: Double, service: Double, servers: Int, blocking: Double, waiting: Double) throws {
    let figures = try QueueFigures(rate: rate, service: service, servers: servers)
    #expect(abs(figures.erlangB - blocking) < 1e-11 && abs(figures.erlangC - waiting) < 1e-11)
  }

  @Test(
    arguments: [(8, 1, 10, 1.44, 4, 0.5564850), (45, 2, 100, 1.44, 2.25, 0.0800510), (0.8, 1, 1, 1, 0, 2)]
      as [(Double, Double, Int, Double, Double, Double)])
  func `variability scales the wait`(
    rate: Double, service: Double, servers: Int, ca2: Double, cs2: Double, wait: Double
  ) throws {
    let figures = try QueueFigures(rate: rate, service: service, servers: servers, ca2: ca2, cs2: cs2)
    #expect(abs(figures.wq - wait) < 1e-6)
  }

  @Test(arguments: [(10, 10), (12, 10), (1e9, 1)] as [(Double, Int)])
  func `servers that cannot keep up are unstable, and there is no infinity`(rate: Double, servers: Int) {
    let refusal = #expect(throws: PlanningRefusal.self) { try QueueFigures(rate: rate, service: 1, servers: servers) }
    #expect(refusal?.description.contains("unstable") == true)
    #expect(refusal?.description.contains("inf") == false)
  }

  @Test func `quantities of no meaning are refused`() {
    for (rate, service) in [(-1.0, 1.0), (0, 1), (1, 0), (1, -2), (.nan, 1), (.infinity, 1), (1, .infinity)] {
      #expect(throws: PlanningRefusal.self) { try QueueFigures(rate: rate, service: service, servers: 5) }
      #expect(throws: PlanningRefusal.self) { try SizeFigures(rate: rate, service: service, waitP99: 1) }
    }
    #expect(throws: PlanningRefusal.self) { try QueueFigures(rate: 1, service: 1, servers: 0) }
    #expect(throws: PlanningRefusal.self) { try QueueFigures(rate: 1, service: 1, servers: 5, ca2: -1) }
    #expect(throws: PlanningRefusal.self) { try SizeFigures(rate: 1, service: 1, waitP99: -1) }
    #expect(throws: PlanningRefusal.self) { try SizeFigures(rate: 1e9, service: 1, waitP99: 1) }
  }

  @Test(
    arguments: [
      (10, 1, 26, 0.769), (50, 1, 108, 0.926), (100, 1, 208, 0.962), (500, 1, 1009, 0.991), (100, 0.1, 228, 0.877),
      (1.54, 1, 7, 0.44), (13.9, 1, 34, 0.818), (23.1, 1, 53, 0.872),
    ] as [(Double, Double, Int, Double)])
  func `the fewest servers for a wait`(rate: Double, wait: Double, servers: Int, rho: Double) throws {
    let figures = try SizeFigures(rate: rate, service: 2, waitP99: wait)
    #expect(figures.servers == servers && abs(figures.rho - rho) < 1e-3)
    #expect(figures.wq99 <= wait)
    let fewer = try QueueFigures(rate: rate, service: 2, servers: servers - 1)
    #expect(fewer.wq99 > wait)
  }

  @Test func `more load, longer service and a shorter wait never need fewer servers`() throws {
    var last = 0
    for rate in stride(from: 1.0, through: 60, by: 3.7) {
      let servers = try SizeFigures(rate: rate, service: 1.3, waitP99: 0.5).servers
      #expect(servers >= last)
      #expect(try SizeFigures(rate: rate, service: 1.5, waitP99: 0.5).servers >= servers)
      #expect(try SizeFigures(rate: rate, service: 1.3, waitP99: 0.2).servers >= servers)
      last = servers
    }
  }
}
