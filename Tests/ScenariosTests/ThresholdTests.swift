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
      ("p95(e2e){phas=a} < 2s", 9, "unknown filter 'phas'", "did you mean 'phase'?"),
    ])
  func mistakes(text: String, offset: Int, what: String, hint: String) {
    let problem = #expect(throws: ThresholdProblem.self) { try Threshold(parsing: text) }
    #expect(problem == ThresholdProblem(what: what, hint: hint, offset: offset))
  }

  @Test("compares a value with its limit")
  func comparison() throws {
    #expect(try Threshold(parsing: "p95(e2e) < 2s").isTrue(of: 1.99))
    #expect(try !Threshold(parsing: "p95(e2e) < 2s").isTrue(of: 2))
    #expect(try Threshold(parsing: "count(lost) == 0").isTrue(of: 0))
    #expect(try !Threshold(parsing: "rate(cold) >= 1%").isTrue(of: 0.0099))
  }
}
