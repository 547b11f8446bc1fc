import Scenarios
import Testing

@Suite("A mistake in a scenario")
struct ScenarioProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var change: @Sendable (inout ScenarioFixture) -> Void
    var complaint: String
    var testDescription: String { name }

    init(_ name: String, _ complaint: String, _ change: @escaping @Sendable (inout ScenarioFixture) -> Void) {
      self.name = name
      self.complaint = complaint
      self.change = change
    }
  }

  @Test("is told with its line, its column and what to do", arguments: cases)
  func complaint(_ example: Case) {
    var fixture = ScenarioFixture()
    example.change(&fixture)
    #expect(fixture.complaint() == example.complaint)
  }

  static let cases: [Case] = [
    Case("unknown key", "test.yaml:9:1: unknown key 'tresholds' in a scenario (did you mean 'thresholds'?)") {
      $0.rest = "tresholds: []\n"
    },
    Case(
      "unknown key without a neighbour",
      "test.yaml:9:11: unknown key 'zebra' in limits "
        + "(known keys are max_in_flight, on_limit, job_deadline, drain, max_cost)"
    ) { $0.rest = "limits: { zebra: 1 }\n" },
    Case("missing unit", "test.yaml:8:45: rate: '20' has no unit (write a rate as 20/s or 300/m)") {
      $0.arrivals = phase("rate: 20, for: 10s")
    },
    Case("wrong type", "test.yaml:9:9: limits must be a mapping of keys and values, got 'none'") {
      $0.rest = "limits: none\n"
    },
    Case("out of range", "test.yaml:9:26: max_in_flight: must be from 1 to 100000, got 0") {
      $0.rest = "limits: { max_in_flight: 0 }\n"
    },
    Case("negative rate", "test.yaml:8:45: rate: '-5/s' is not a rate (write a rate as 20/s or 300/m)") {
      $0.arrivals = phase("rate: -5/s, for: 10s")
    },
    Case("misspelt kind", "test.yaml:8:29: kind: unknown kind 'constnat' (did you mean 'constant'?)") {
      $0.arrivals = "arrivals:\n  process: uniform\n  phases:\n    - { name: steady, kind: constnat, rate: 4/s }\n"
    },
    Case(
      "missing program",
      "test.yaml:4:47: program: cannot read 'no.py': open no.py: No such file or directory "
        + "(paths count from the scenario's folder)"
    ) { $0.mix = "mix:\n  - { name: hello, language: python, program: no.py }\n" },
    Case(
      "missing input",
      "test.yaml:4:54: stdin: cannot read 'no.in': open no.in: No such file or directory (paths count from the "
        + "scenario's folder; text that stands in the scenario is written { text: ... })"
    ) { $0.mix = "mix:\n  - { name: hello, language: python, code: a, stdin: no.in }\n" },
    Case(
      "unknown language",
      "test.yaml:4:30: language: 'pyton' is not one of cpp, java, python, javascript (did you mean 'python'?)"
    ) { $0.mix = "mix:\n  - { name: hello, language: pyton, code: a }\n" },
    Case(
      "no end of a closed phase",
      "test.yaml:8:7: a closed phase needs one of 'for', 'jobs' or 'repeat' "
        + "(write one of 'for: 30s', 'jobs: 100', or 'repeat: 3' for so many passes over the mix)"
    ) { $0.arrivals = "arrivals:\n  process: closed\n  phases:\n    - { name: steady, concurrency: 1 }\n" },
    Case(
      "threshold's series",
      "test.yaml:10:9: 'e2f' is not a series (did you mean 'e2e'?)"
    ) { $0.rest = "thresholds:\n  - p95(e2f) < 2s\n" },
    Case(
      "threshold's phase",
      "test.yaml:10:5: 'p95(e2e){phase=stedy} < 2s': there is no phase 'stedy' (did you mean 'steady'?)"
    ) { $0.rest = "thresholds:\n  - p95(e2e){phase=stedy} < 2s\n" },
    Case(
      "no target",
      "test.yaml:9:9: 'remote' is not a target (use local, aws or a URL that starts with http:// or https://)"
    ) { $0.rest = "target: remote\n" },
    Case(
      "profile on AWS",
      "test.yaml:9:26: profile: 'judge0' with base_url: aws "
        + "(the reference stack speaks rce; give the URL of the platform)"
    ) { $0.rest = "target: { base_url: aws, profile: judge0 }\n" },
    Case("later version", "test.yaml:1:1: version: 2 is not known (this program reads version 1)") {
      $0.head = "version: 2\nname: fixture\n"
    },
    Case(
      "mix of a phase", "test.yaml:8:65: there is no entry 'helo' in the mix (did you mean 'hello'?)"
    ) { $0.arrivals = phase("rate: 2/s, for: 1s, mix: [helo]") },
    Case(
      "contradiction",
      "test.yaml:4:55: a completed job has no error, no signal and exit code 0 "
        + "(remove 'state: completed' or what contradicts it)"
    ) { $0.mix = "mix:\n  - { name: hello, language: python, code: a, expect: { state: completed, exit_code: 3 } }\n" },
    Case(
      "several at once",
      """
      test.yaml:4:5: an entry of the mix needs the key 'name'
      test.yaml:8:45: rate: '20' has no unit (write a rate as 20/s or 300/m)
      test.yaml:9:1: unknown key 'limit' in a scenario (did you mean 'limits'?)
      """
    ) {
      $0.mix = "mix:\n  - { language: python, code: a }\n"
      $0.arrivals = phase("rate: 20, for: 1s")
      $0.rest = "limit: {}\n"
    },
    Case(
      "more at once than may be",
      "test.yaml:5:1: concurrency: 9 is more than max_in_flight allows, which is 8 (raise limits.max_in_flight)"
    ) {
      $0.arrivals = "arrivals: { process: closed, phases: [{ name: a, concurrency: 9, jobs: 9 }] }\n"
      $0.rest = "limits: { max_in_flight: 8 }\n"
    },
    Case("a key twice", "test.yaml:2:1: the key 'name' is written twice in this mapping (remove one of them)") {
      $0.rest = "name: again\n"
    },
    Case("bad YAML", "test.yaml:10:1: did not find expected ',' or '}' (this is a mistake in the YAML itself)") {
      $0.rest = "limits: { drain: 1s\n"
    },
  ]

  private static func phase(_ keys: String) -> String {
    "arrivals:\n  process: uniform\n  phases:\n    - { name: steady, kind: constant, \(keys) }\n"
  }

  @Test("in a file that cannot be read names the file")
  func unreadable() {
    let error = #expect(throws: ScenarioError.self) { try ScenarioDocument(path: "/nonexistent/s.yaml") }
    #expect(
      error?.description == "/nonexistent/s.yaml:1:1: cannot read '/nonexistent/s.yaml': open /nonexistent/s.yaml: "
        + "No such file or directory (give the path of a YAML file)")
  }
}
