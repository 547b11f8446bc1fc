import Statistics
import Testing

/// Faults that a published implementation has in its inverses, with the right values.
@Suite struct ScalabilityInverseTests {
  /// The published fit of Cisco's measurements: its own test data of the faulty inverses.
  private static let law = ScalabilityLaw(lambda: 1000, sigma: 0.02, kappa: 0.0005)

  @Test func `throughput at a response time has the signs of the derivation`() throws {
    let concurrency = try #require(Self.law.concurrency(atResponse: 0.002))
    #expect(abs(concurrency - 29.69604) < 1e-5)
    #expect(abs(try #require(Self.law.throughput(atResponse: 0.002)) - 14848.018) < 1e-3)
  }

  @Test func `every inverse gives back what it was asked for, coherence included`() throws {
    for (sigma, kappa) in [(0.02, 0.0005), (0.06, 0.06), (0, 0.001), (0.1, 0), (0.02772985648, 1.043430e-4)] {
      let law = ScalabilityLaw(lambda: 1000, sigma: sigma, kappa: kappa)
      let peak = law.peakConcurrency ?? 200
      for n in stride(from: 1.0, through: peak, by: max(0.25, peak / 40)) {
        let throughput = law.throughput(at: n)
        #expect(abs(try #require(law.concurrency(at: throughput)) - n) < 1e-4 * n + 2e-6 * peak)
        #expect(abs(try #require(law.concurrency(atResponse: law.response(at: n))) - n) < 1e-6 * n)
        #expect(
          abs(try #require(law.response(atThroughput: throughput)) - law.response(at: n)) < 1e-4 * law.response(at: n)
            + 1e-8)
      }
    }
  }

  @Test func `a throughput above the peak and a time below that of one job have no concurrency`() throws {
    #expect(Self.law.concurrency(at: try #require(Self.law.peakThroughput) * 1.01) == nil)
    #expect(Self.law.concurrency(atResponse: 0.0009) == nil && Self.law.response(atThroughput: 1e9) == nil)
    #expect(ScalabilityLaw(lambda: 10, sigma: 0.1, kappa: 0).concurrency(at: 100) == nil)
  }

  @Test func `staffing by the square root grows slower than the load`() {
    #expect(QueueModel.squareRootStaffing(load: 100, beta: 1) == 110)
    #expect(QueueModel.squareRootStaffing(load: 400, beta: 1) == 420)
  }
}
