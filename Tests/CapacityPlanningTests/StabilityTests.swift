import CapacityPlanning
import RunRecords
import Statistics
import Testing

@Suite struct StabilityTests {
  private let platform = SimulatedRun(servers: 4, service: 0.2)

  private func step(_ rate: Double, seed: UInt64 = 5) throws -> LoadStep {
    try #require(LoadStep.all(of: platform.reading(rate: rate, seed: seed)).first)
  }

  @Test func `a level has the figures of its window`() throws {
    let step = try step(10)
    #expect(abs(step.rate - 10) < 1 && step.seconds == 120 && step.finished == step.offered)
    // Little's law: the mean in flight is the rate times the mean time.
    let mean = try #require(step.endToEnd.mean) / 1e9
    #expect(abs(step.inFlight - step.rate * mean) < 0.05 * step.inFlight + 0.1)
  }

  @Test(arguments: UInt64(1)...10) func `platforms that keep up are stable, overloaded ones are not`(seed: UInt64)
    throws
  {
    #expect(Stability(try step(10, seed: seed)).isStable)
    #expect(!Stability(try step(24, seed: seed)).isStable)
  }

  @Test func `one refused job is a throttle, and unfinished jobs are no success`() throws {
    var reading = platform.reading(rate: 10, seed: 1)
    let place = reading.records.count - 1
    reading.records[place].outcome = .rejected
    reading.records[place].httpStatus = 429
    var faults = Stability(try #require(LoadStep.all(of: reading).first)).faults
    #expect(faults.contains { $0.contains("refused or throttled") })
    for index in stride(from: 300, to: reading.records.count, by: 20) { reading.records[index].t7 = nil }
    faults = Stability(try #require(LoadStep.all(of: reading).first)).faults
    #expect(faults.contains { $0.contains("were finished") })
  }

  @Test func `an interrupted run is no level`() {
    var reading = platform.reading(rate: 10, seed: 1)
    reading.info.partial = true
    #expect(LoadStep.all(of: reading).isEmpty)
  }
}
