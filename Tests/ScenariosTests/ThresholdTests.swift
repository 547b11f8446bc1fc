import Scenarios
import Testing

@Suite("A threshold")
struct ThresholdTests {
  @Test(
    "is read with its aggregate, subject, filters, comparison and limit",
    arguments: [
      (
        "p95(e2e){phase=steady, language=python} < 2s", .percentile(95), "e2e",
        ["phase": "steady", "language": "python"], .less, 2
      ),
      ("p99.9(queue_wait)<=500ms", .percentile(99.9), "queue_wait", [:], .lessOrEqual, 0.5),
      ("rate(succeeded) > 99.9%", .rate, "succeeded", [:], .greater, 0.999),
      ("rate(cold){entry=a-b} < 1%", .rate, "cold", ["entry": "a-b"], .less, 0.01),
      ("cost_per_execution < $0.0001", .costPerExecution, "", [:], .less, 0.0001),
      ("count(lost) == 0", .count, "lost", [:], .equal, 0),
      ("max(lateness) >= 1m", .maximum, "lateness", [:], .greaterOrEqual, 60),
      ("min(run) != 1us", .minimum, "run", [:], .notEqual, 1e-6),
      (" mean( service ) { phase = a } > 1h ", .mean, "service", ["phase": "a"], .greater, 3_600),
      (
        "stddev(run){start=cold, outcome=succeeded} < 9ms", .deviation, "run",
        ["start": "cold", "outcome": "succeeded"], .less, 0.009
      ),
      ("per_second(lost) < 300/m", .perSecond, "lost", [:], .less, 5),
      ("throughput > 20/s", .throughput, "", [:], .greater, 20),
      ("goodput{phase=a} >= 0.5/s", .goodput, "", ["phase": "a"], .greaterOrEqual, 0.5),
    ] as [(String, Threshold.Aggregate, String, [String: String], Threshold.Comparison, Double)])
  func reads(
    text: String, aggregate: Threshold.Aggregate, subject: String, filters: [String: String],
    comparison: Threshold.Comparison, limit: Double
  ) throws {
    let threshold = try Threshold(parsing: text)
    #expect(
      threshold
        == Threshold(
          aggregate: aggregate, subject: subject, filters: filters, comparison: comparison, limit: limit, text: text))
  }

  @Test(
    "that is wrong says where and what to do",
    arguments: [
      ("q95(e2e) < 2s", 0, "unknown aggregate 'q95'", "did you mean 'p95'?"),
      ("p95 e2e < 2s", 4, "'(' is missing after p95", "a threshold reads p95(e2e){phase=steady} < 2s"),
      ("p95(e2e) 2s", 9, "a comparison is missing", "write one of <, <=, >, >=, == or !="),
      ("p95(e2e) < 2", 11, "'2' has no unit", "write a duration as 90s, 250ms or 2m"),
      ("rate(succeeded) > 0.99", 18, "'0.99' has no unit", "write a share as 5% or 99.9%"),
      ("rate(succeded) > 99%", 5, "'succeded' is not an outcome", "did you mean 'succeeded'?"),
      ("p95(e2e) < 5%", 11, "p95(e2e) is a duration, and '5%' is a share", "write a duration as 90s, 250ms or 2m"),
      ("rate(failed) > 2s", 15, "rate(failed) is a share, and '2s' is a duration", "write a share as 5% or 99.9%"),
      ("throughput > $2", 13, "throughput is a rate, and '$2' is an amount of money", "write a rate as 20/s or 300/m"),
      ("throughput(e2e) > 2/s", 10, "throughput has no subject", "write throughput{phase=steady} or throughput alone"),
      ("p95(e2e) = 2s", 9, "'=' is no comparison", "write == for equality"),
      ("p95(e2e) <", 10, "the limit is missing", "write a duration as 90s, 250ms or 2m"),
      (
        "p95(e2e){phase=a, phase=b} < 2s", 18, "'phase' is given twice",
        "one value a filter; write a threshold for each"
      ),
      ("p95(e2e){phase=} < 2s", 15, "'phase' has no value", "a filter reads phase=VALUE"),
      ("p95(e2e){} < 2s", 9, "a filter is missing", "filters are phase, language, entry, start, outcome, window"),
      ("p95(e2e){start=kold} < 2s", 15, "there is no start 'kold'", "did you mean 'cold'?"),
      ("p95(e2e){window=10ms} < 2s", 16, "a window of '10ms' is too short", "windows last at least 1s"),
      ("p95(e2e){phas=a} < 2s", 9, "unknown filter 'phas'", "did you mean 'phase'?"),
    ])
  func mistakes(text: String, offset: Int, what: String, hint: String) {
    let problem = #expect(throws: ThresholdProblem.self) { try Threshold(parsing: text) }
    #expect(problem == ThresholdProblem(what: what, hint: hint, offset: offset))
  }

  @Test("may be about every window for itself")
  func window() throws {
    let threshold = try Threshold(parsing: "p95(e2e){phase=a, window=10s} < 2s")
    #expect(threshold.window == .seconds(10) && threshold.filters == ["phase": "a"])
    #expect(threshold.description == "p95(e2e){phase=a, window=10s} < 2s")
  }

  @Test(
    "comes back from a run's record with what it means when it is true",
    arguments: [
      "p95(e2e) < 2s", "warn: p95(e2e) < 2s", "abort: rate(failed) > 20%", "abort after 30s: rate(failed) > 20%",
    ])
  func records(text: String) throws {
    let threshold = try Threshold(recordText: text)
    #expect(threshold.recordText == text)
    #expect(threshold.abort == text.hasPrefix("abort") && (threshold.severity == .warn) == text.hasPrefix("warn"))
    #expect(threshold.afterSeconds == (text.contains("after") ? 30 : 0))
  }

  @Test("compares a value with its limit")
  func comparison() throws {
    #expect(try Threshold(parsing: "p95(e2e) < 2s").isTrue(of: 1.99))
    #expect(try !Threshold(parsing: "p95(e2e) < 2s").isTrue(of: 2))
    #expect(try Threshold(parsing: "count(lost) == 0").isTrue(of: 0))
    #expect(try !Threshold(parsing: "rate(cold) >= 1%").isTrue(of: 0.0099))
  }
}
