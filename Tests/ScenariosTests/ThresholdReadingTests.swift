import Scenarios
import Testing

@Suite("Thresholds of a scenario")
struct ThresholdReadingTests {
  @Test("thresholds may be none, promises, warnings and ends of the run")
  func severities() throws {
    var fixture = ScenarioFixture()
    fixture.rest = "thresholds: []\n"
    #expect(try fixture.read().thresholds.isEmpty)
    fixture.rest = """
      thresholds:
        - p95(e2e){phase=steady, language=python, entry=hello} < 2s
        - { expr: "p95(e2e) < 1s", severity: warn }
        - { expr: "rate(failed) > 20%", abort: true, after: 30s }

      """
    let thresholds = try fixture.read().thresholds
    #expect(thresholds.map(\.severity) == [.fail, .warn, .fail] && thresholds.map(\.abort) == [false, false, true])
    #expect(thresholds[0].filters == ["phase": "steady", "language": "python", "entry": "hello"])
    #expect(thresholds[2].afterSeconds == 30)
  }

  @Test(
    "what a threshold cannot mean is told with its place",
    arguments: [
      ("p95(e2e)", "must be a list, got"),
      ("[{ expr: p95(e2e) < 2s, severity: warm }]", "did you mean 'warn'"),
      ("[{ expr: p95(e2e) < 2s, after: 3s }]", "'after' needs 'abort: true'"),
      ("[{ expr: p95(e2e) < 2s, severity: warn, abort: true }]", "a threshold that ends the run is no warning"),
      ("[{ severity: warn }]", "expr"),
      ("[\"p95(e2e){entry=helo} < 2s\"]", "did you mean 'hello'"),
      ("[\"p95(e2e){language=pyhton} < 2s\"]", "did you mean 'python'"),
      ("[\"p95(que_wait) < 2s\"]", "did you mean 'queue_wait'"),
      ("[{ expr: cost_per_execution < $1, abort: true }]", "a cost cannot abort a run"),
    ])
  func thresholdMistakes(value: String, said: String) throws {
    var fixture = ScenarioFixture()
    fixture.rest = "thresholds: \(value)\n"
    let complaint = try #require(fixture.complaint())
    #expect(complaint.contains(said) && complaint.contains("test.yaml:"), "\(complaint)")
  }
}
