import Jobs
import RunRecords
import Scenarios
import Testing
import Thresholds

@Suite("A threshold's tally")
struct ThresholdTallyTests {
  private static let second: Int64 = 1_000_000_000

  private static func record(
    _ index: Int, _ outcome: JobOutcome = .succeeded, e2e: Int64?, age: Int64 = 30 * second
  ) -> JobRecord {
    var record = JobRecord(
      index: index, phase: "steady", recorded: true, entry: "a", language: .python, outcome: outcome, t0: 0,
      endedAt: e2e ?? age)
    record.t7 = e2e
    return record
  }

  private static func finding(
    _ text: String, _ records: [JobRecord], _ precision: ThresholdTally.Precision, seconds: Double = 10
  ) throws -> ThresholdFinding {
    let rules = ThresholdRules(clock: RunClock(startedAt: 0), sloMilliseconds: 1_500)
    var tally = ThresholdTally(try Threshold(parsing: text), rules, keeping: precision)
    for record in records { tally.add(record) }
    return tally.finding(seconds: seconds)
  }

  @Test(
    "comes to the same figure in bounded memory as exactly",
    arguments: [
      ("mean(e2e) < 1s", 1.5), ("min(e2e) < 1s", 1), ("max(e2e) < 1s", 2), ("p50(e2e) < 1s", 1),
      ("rate(succeeded) > 1%", 1), ("count(succeeded) > 1", 20), ("per_second(succeeded) > 1/s", 2),
      ("throughput > 1/s", 2), ("goodput > 1/s", 1), ("count(succeeded){phase=steady, outcome=succeeded} > 1", 20),
    ] as [(String, Double)])
  func figures(text: String, value: Double) throws {
    let records = (0..<20).map { Self.record($0, e2e: $0 < 10 ? Self.second : 2 * Self.second) }
    for precision in [ThresholdTally.Precision.exact, .bounded] {
      guard case .value(let found) = try Self.finding(text, records, precision) else {
        Issue.record("\(text) has no value")
        continue
      }
      #expect(abs(found - value) <= value * 0.001, "\(text): \(found)")
    }
  }

  @Test("a standard deviation is that of a sample")
  func deviation() throws {
    let records = [2, 4, 4, 4, 5, 5, 7, 9].enumerated().map { Self.record($0, e2e: Int64($1) * Self.second) }
    guard case .value(let found) = try Self.finding("stddev(e2e) < 1s", records, .exact) else {
      Issue.record("no value")
      return
    }
    // sum of squares 32 over n - 1 = 7
    #expect(abs(found - (32.0 / 7).squareRoot()) < 1e-9)
  }

  @Test(
    "unfinished jobs leave a figure open from their age on",
    arguments: [ThresholdTally.Precision.exact, .bounded])
  func unfinished(precision: ThresholdTally.Precision) throws {
    let records = (0..<30).map { Self.record($0, $0 < 25 ? .succeeded : .timedOut, e2e: $0 < 25 ? Self.second : nil) }
    guard case .moreThan(let largest) = try Self.finding("max(e2e) < 1s", records, precision) else {
      Issue.record("the largest value is not open")
      return
    }
    #expect(largest == 30)
    let median = try Self.finding("p50(e2e) < 2s", records, precision)
    #expect(try Threshold(parsing: "p50(e2e) < 2s").isTrue(of: median) == true)
    #expect(try Threshold(parsing: "max(e2e) < 60s").isTrue(of: .moreThan(30)) == nil)
    #expect(try Threshold(parsing: "max(e2e) > 20s").isTrue(of: .moreThan(30)) == true)
  }

  @Test("says what is missing")
  func missing() throws {
    #expect(try Self.finding("p99(e2e) < 1s", [], .exact) == .empty)
    #expect(
      try Self.finding("p99(e2e) < 1s", [Self.record(0, e2e: 1)], .exact)
        == .notMeasurable("p99 needs 1,000 jobs, there are 1"))
    #expect(
      try Self.finding("rate(cold) < 1%", [Self.record(0, e2e: 1)], .exact)
        == .notMeasurable("the platform does not tell which jobs waited for an environment"))
  }
}
