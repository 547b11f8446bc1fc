import FoundationEssentials
import HostSystem
import LoadGeneration
import RunRecords
import Scenarios
import Statistics
import Testing

/// Not a check but a measurement, for a calm machine and a release build:
/// `RCE_MEASURE=1 swift test -c release --filter LatenessMeasurement`.
@Suite(
  "LatenessMeasurement",
  .enabled(if: ProcessInfo.processInfo.environment["RCE_MEASURE"] != nil, "set RCE_MEASURE=1 to measure"), .serialized)
struct LatenessMeasurement {
  @Test("at a rate against a server that answers at once", arguments: [200.0, 1_000.0])
  func lateness(rate: Double) throws {
    let platform = try TestPlatform()
    defer { platform.stop() }
    let run = try TestRun(TestRun.plan(.constant(rate: rate, for: .seconds(10))), platform.url)
    let lateness = run.records.compactMap { record in record.t1.map { $0 - record.t0 } }.sorted()
    let cpu = run.measurement.health.loopCPUShare * run.measurement.durationSeconds
    let requests = run.records.reduce(0) { $0 + 1 + $1.polls }
    func microseconds(_ share: Double) -> String {
      let index = min(Int(share * Double(lateness.count)), lateness.count - 1)
      return "\(lateness[index] / 1_000) us"
    }
    print(
      "\(Int(rate)) jobs/s: lateness p50 \(microseconds(0.5)), p99 \(microseconds(0.99)), max \(microseconds(1)); "
        + "loop CPU \(Int(cpu / Double(requests) * 1e6)) us a request, "
        + "run-queue delay \(run.measurement.health.runQueueDelayShare ?? -1)")
    #expect(run[.succeeded] == run.records.count)
  }
}
