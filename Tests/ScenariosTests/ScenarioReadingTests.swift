import Glibc
import HostSystem
import Jobs
import Scenarios
import Testing

@Suite("A scenario file")
struct ScenarioReadingTests {
  @Test("gives every value that it says")
  func everyValue() throws {
    var fixture = ScenarioFixture()
    fixture.head = """
      version: 1
      name: mixed
      description: Typical traffic.
      seed: 20260401
      slo: 2s
      executions_per_month: 100000
      target:
        base_url: http://127.0.0.1:8080/
        headers: { X-Team: "a" }
        http: { keep_alive: false, connect_timeout: 1s, request_timeout: 3s, max_connections: 64 }
        retry: { on: [429, 503, connect_error], max: 2, backoff: 200ms x2 cap 5s, honour_retry_after: false }

      """
    fixture.mix = """
      mix:
        - name: hello
          weight: 3
          language: python
          code: print(input())
          stdin: { text: "hello" }
          args: [one, "2"]
          limits: { wall_time: 2s, cpu_time: 500ms, memory: 64MiB }
          expect: { stdout: hello }
        - { name: loop, weight: 1, language: cpp, code: "int main(){for(;;);}", expect: { error: timeout } }

      """
    fixture.rest = """
      limits: { max_in_flight: 50, on_limit: drop, job_deadline: 30s, drain: 1m30s, max_cost: $5 }
      polling: { policy: long_poll, wait: 10s }
      thresholds:
        - p95(e2e){phase=steady, language=python} < 2s
        - { expr: rate(failed) > 20%, abort: true, after: 30s }
      """
    let scenario = try fixture.read()
    #expect(scenario.name == "mixed" && scenario.seed == 20_260_401)
    #expect(scenario.slo == .seconds(2) && scenario.executionsPerMonth == 100_000)
    #expect(scenario.target.place == .url("http://127.0.0.1:8080"))
    #expect(scenario.target.headers == [HTTPHeader(name: "X-Team", value: "a")])
    #expect(
      scenario.target.http
        == HTTPSettings(
          keepAlive: false, connectTimeout: .seconds(1), requestTimeout: .seconds(3), maximumConnections: 64))
    #expect(
      scenario.target.retry
        == RetryPolicy(
          statuses: [429, 503], onConnectError: true, maximum: 2, backoff: .milliseconds(200), factor: 2,
          cap: .seconds(5), honoursRetryAfter: false))
    #expect(
      scenario.mix[0].submission
        == Submission(
          code: "print(input())", language: .python, stdin: "hello", args: ["one", "2"],
          limits: RequestedLimits(wallTimeMs: 2_000, cpuTimeMs: 500, memoryMB: 64)))
    #expect(scenario.mix[0].expectation == Expectation(stdout: "hello"))
    #expect(scenario.mix[1].expectation.state == .failed)
    #expect(scenario.phases.map(\.selection) == [.shares([.init(entry: 0, weight: 3), .init(entry: 1, weight: 1)])])
    #expect(
      scenario.limits
        == RunLimits(
          maximumInFlight: 50, onLimit: .drop, jobDeadline: .seconds(30), drain: .seconds(90),
          maximumCostMicrodollars: 5_000_000))
    #expect(scenario.polling == .longPoll(wait: .seconds(10)))
    #expect(scenario.thresholds.map(\.line) == [29, 30])
    #expect(scenario.thresholds[1].abort && scenario.thresholds[1].afterSeconds == 30)
  }

  @Test("gives files, compiler options, a list of inputs, a wanted start and a tenant")
  func wholeSubmission() throws {
    var fixture = ScenarioFixture()
    fixture.mix = """
      mix:
        - name: parts
          language: cpp
          code: "int main() {}"
          stdin: [{ text: "1" }, { text: "2" }]
          files: [{ name: include/a.h, text: "int a;" }, { name: n.txt, text: 5 }]
          options: [-Iinclude, -O0]
          start: cold
          tenant: team-1

      """
    #expect(
      try fixture.read().mix[0].submission
        == Submission(
          code: "int main() {}", language: .cpp, stdin: .each(["1", "2"]),
          files: [SourceFile(name: "include/a.h", content: "int a;"), SourceFile(name: "n.txt", content: "5")],
          options: ["-Iinclude", "-O0"], start: .cold, tenant: "team-1"))
  }

  @Test(
    "says what is wrong with files, inputs and starts",
    arguments: [
      ("start: warm", "start: 'warm' is not one of cold"), ("files: a.h", "files: must be a list"),
      ("files: [a.h]", "files: must be { name: ..., file: a file's path }"),
      ("files: [{ name: a }]", "files: must be { name: ..., file: a file's path }"),
      ("files: [{ name: a, text: b, file: c }]", "files: must be { name: ..., file: a file's path }"),
      ("files: [{ name: a, file: nowhere.h }]", "files: cannot read 'nowhere.h'"),
      ("stdin: []", "stdin: must be a list"),
      ("options: -O2", "options: must be a list"),
    ])
  func wrongParts(_ key: String, _ problem: String) throws {
    var fixture = ScenarioFixture()
    fixture.mix = """
      mix:
        - name: parts
          language: cpp
          code: "int main() {}"
          \(key)

      """
    let error = #expect(throws: ScenarioError.self) { try fixture.read() }
    #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
  }

  @Test("fills in defaults for what it leaves out")
  func defaults() throws {
    let scenario = try ScenarioFixture().read()
    #expect(scenario.target == TargetSpecification(place: .local))
    #expect(scenario.limits == RunLimits() && scenario.seed == 1 && scenario.thresholds.isEmpty)
    #expect(scenario.polling == .longPoll(wait: .seconds(20)))
    #expect(scenario.mix[0].expectation == Expectation(state: .completed))
  }

  @Test("orders a smoke run: each entry once, then warm ones again, then the failures")
  func smoke() throws {
    var fixture = ScenarioFixture()
    fixture.mix = """
      mix:
        - { name: py, language: python, code: "print(1)" }
        - { name: js, language: javascript, code: "console.log(1)" }
        - { name: bad, language: python, code: "print(", expect: { error: compile_error } }

      """
    fixture.arrivals = """
      arrivals:
        process: closed
        phases:
          - { name: cold, concurrency: 1, mix: [py, js], repeat: 1 }
          - { name: warm, concurrency: 1, mix: [py, js], repeat: 3 }
          - { name: failures, concurrency: 1, mix: [bad], repeat: 1 }
          - { name: all, concurrency: 2, jobs: 7 }
      """
    let plan = Plan(try fixture.read())
    #expect(plan.phases.map(\.scheduled) == [2, 6, 1, 7] && plan.scheduled == 16)
    #expect(
      plan.phases.map { Array($0.entries) } == [[0, 1], [0, 1, 0, 1, 0, 1], [2], [0, 1, 2, 0, 1, 2, 0]])
  }

  @Test("takes weights for a phase of its own, and counts as weights where arrivals are open")
  func phaseWeights() throws {
    var fixture = ScenarioFixture()
    fixture.mix = """
      mix:
        - { name: a, language: python, code: "1", count: 2 }
        - { name: b, language: python, code: "2" }

      """
    fixture.arrivals = """
      arrivals:
        process: poisson
        phases:
          - { name: one, kind: ramp, from: 0/s, to: 60/m, for: 1m }
          - { name: two, kind: constant, rate: 5/s, for: 1m, mix: { b: 3, a: 1 }, record: false }
          - { name: three, kind: constant, rate: 5/s, for: 1m, mix: [b], require_steady: true }
      """
    let phases = try fixture.read().phases
    #expect(phases[0].selection == .shares([.init(entry: 0, weight: 2), .init(entry: 1, weight: 1)]))
    #expect(phases[0].load == .ramp(from: 0, to: 1, for: .seconds(60)))
    #expect(phases[1].selection == .shares([.init(entry: 1, weight: 3), .init(entry: 0, weight: 1)]))
    #expect(!phases[1].recorded && phases[2].requiresSteadyState)
    #expect(phases[2].selection == .shares([.init(entry: 1, weight: 1)]))
  }

  @Test("reads programs and input from files beside it")
  func files() throws {
    let directory = "/tmp/scenario-\(getpid())-\(MonotonicInstant.now.nanoseconds)"
    #expect(mkdir(directory, 0o700) == 0)
    defer {
      for name in ["hello.py", "in.txt", "s.yaml"] { unlink("\(directory)/\(name)") }
      rmdir(directory)
    }
    var fixture = ScenarioFixture()
    fixture.mix = "mix:\n  - { name: hello, language: python, program: hello.py, stdin: in.txt }\n"
    for (name, text) in [("hello.py", "print(1)\n"), ("in.txt", "5\n"), ("s.yaml", fixture.text)] {
      try write(text, to: "\(directory)/\(name)")
    }
    let scenario = try Scenario(ScenarioDocument(path: "\(directory)/s.yaml"))
    #expect(scenario.mix[0].submission == Submission(code: "print(1)\n", language: .python, stdin: "5\n"))
  }
}

private func write(_ text: String, to path: String) throws {
  let file = try #require(fopen(path, "w"))
  defer { fclose(file) }
  #expect(fputs(text, file) >= 0)
}
