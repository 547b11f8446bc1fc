import FoundationEssentials
import Scenarios
import TestServices
import Testing

@Suite("The schema of scenarios", .enabled(if: SchemaCheck.isInstalled, "python3-jsonschema is not installed"))
struct ScenarioSchemaTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/scenarios"

  @Test("takes every scenario of the package")
  func builtIn() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.hasSuffix(".yaml") }
    #expect(names.count >= 5)
    let documents = try names.map { ($0, try String(contentsOfFile: "\(Self.folder)/\($0)", encoding: .utf8)) }
    let results = try SchemaCheck.results(ScenarioSchema.text, documents)
    for (name, result) in zip(names, results) { #expect(result == "ok", "\(name)") }
    #expect(results.count == names.count)
  }

  private static func scenario(
    top: String = "", target: String = "local", entry: String = "code: print()",
    process: String = "poisson", phase: String = "kind: constant, rate: 5/s, for: 10s"
  ) -> String {
    """
    version: 1
    name: a
    \(top)
    target: \(target)
    mix: [{ name: p, language: python, \(entry) }]
    arrivals: { process: \(process), phases: [{ name: s, \(phase) }] }
    """
  }

  /// What both the schema and the reader take.
  private static let good: [String] = [
    scenario(), scenario(top: "seed: 0"), scenario(top: "seed: ${SEED}"), scenario(top: "slo: 1m30s"),
    scenario(top: "limits: { max_in_flight: 10, on_limit: drop, drain: 250ms, max_cost: $0.5 }"),
    scenario(top: "polling: { policy: exponential, initial: 10ms, factor: 1.5, cap: 1s }"),
    scenario(top: "polling: { policy: long_poll }"),
    scenario(top: "thresholds: [\"p95(e2e) < 2s\", { expr: error_rate < 1%, severity: warn }]"),
    scenario(top: "thresholds: []"),
    scenario(target: "{ base_url: \"http://x\", retry: { on: [429, connect_error], max: 2 }, http: { version: 1.1 } }"),
    scenario(target: "https://x/api"), scenario(entry: "code: print(), weight: 0.5, stdin: { text: \"\" }"),
    scenario(process: "uniform", phase: "kind: stairs, from: 1/s, to: 5/m, steps: 3, each: 10s"),
    scenario(process: "closed", phase: "concurrency: 4, repeat: 2, think_time: { mean: 1s }"),
    scenario(phase: "kind: profile, shares: [1, 2.5, { share: 0, for: 5m }], each: 5m, jobs: 100"),
    scenario(phase: "kind: constant, rate: 5/s, for: 10s, mix: { p: 2 }, record: false"),
  ]

  @Test("takes what the reader takes")
  func goodOnes() throws {
    let results = try SchemaCheck.results(ScenarioSchema.text, Self.good.map { ("good.yaml", $0) })
    for (text, result) in zip(Self.good, results) { #expect(result == "ok", "\(text)") }
    for text in Self.good {
      #expect(throws: Never.self, "\(text)") {
        _ = try ScenarioDocument(text: text, name: "good.yaml", directory: "/", environment: ["SEED": "3"])
      }
    }
  }

  /// What neither takes.
  private static let bad: [String] = [
    scenario(top: "speed: 3"), scenario(top: "seed: -1"), scenario(top: "slo: 90"),
    scenario(top: "limits: { max_in_flight: 0 }"), scenario(top: "limits: { on_limit: wait }"),
    scenario(top: "polling: { policy: fixed }"), scenario(top: "polling: { policy: fixed, interval: 1s, cap: 2s }"),
    scenario(top: "thresholds: [{ severity: warn }]"), scenario(target: "ftp://x"), scenario(entry: "weight: 1"),
    scenario(entry: "code: a, program: b"), scenario(entry: "code: a, weight: 0"),
    scenario(process: "random"), scenario(process: "closed", phase: "kind: ramp, from: 1/s, to: 2/s, for: 1s"),
    scenario(phase: "kind: constant, rate: 5, for: 10s"), scenario(phase: "kind: constant, rate: 5/s"),
    scenario(phase: "kind: ramp, from: 1/s, to: 2/s, for: 1s, rate: 3/s"),
    scenario(phase: "kind: burst, count: 5, times: 2, for: 10s"),
  ]

  @Test("refuses what the reader refuses")
  func badOnes() throws {
    let results = try SchemaCheck.results(ScenarioSchema.text, Self.bad.map { ("bad.yaml", $0) })
    #expect(results.count == Self.bad.count)
    for (text, result) in zip(Self.bad, results) { #expect(result != "ok", "\(text)") }
    for text in Self.bad {
      #expect(throws: ScenarioError.self, "\(text)") {
        _ = try Scenario(ScenarioDocument(text: text, name: "bad.yaml", directory: "/"))
      }
    }
  }
}

@Suite("The keys of scenarios")
struct ScenarioKeyTests {
  @Test("each is explained in scenarios/README.md")
  func documented() throws {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let text = try String(contentsOfFile: "\(root)/scenarios/README.md", encoding: .utf8)
    let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    for key in KeyTable.everyKey { #expect(words.contains(key), "\(key)") }
    #expect(KeyTable.everyKey.count > 80)
  }
}
