import Scenarios
import Testing

@Suite struct RateSearchTests {
  private static let text = """
    version: 1
    name: ramp
    seed: 4
    mix:
      - { name: a, language: python, code: "print(1)", expect: { stdout: "1" } }
      - { name: b, language: python, code: "print(2)", expect: { stdout: "2" } }
    thresholds: ["p95(e2e){phase=search} < 3s"]
    arrivals:
      process: poisson
      phases:
        - { name: search, kind: search, from: 2/s, to: 80/s, each: 20s, confirm: 1, mix: [b] }
    """

  private static func document(_ text: String = text) throws -> ScenarioDocument {
    try ScenarioDocument(text: text, name: "ramp.yaml")
  }

  @Test func `a search is read with its defaults`() throws {
    let search = try #require(try Scenario(Self.document()).search)
    #expect(search.from == 2 && search.to == 80 && search.confirmations == 1)
    #expect(search.window == .seconds(20) && search.warmUp == .seconds(5))
  }

  @Test func `a step is a scenario of its own with a warm-up, a window, its promises and the search's mix`() throws {
    let step = try Self.document().step(
      rate: 11.25, warmUp: .seconds(5), window: .milliseconds(20_500), promises: ["p95(e2e) < 2s"], seed: 77)
    let scenario = try Scenario(step)
    #expect(scenario.search == nil && scenario.seed == 77 && scenario.process == .poisson)
    #expect(scenario.phases.map(\.name) == ["warm-up", "window"] && scenario.phases.map(\.recorded) == [false, true])
    #expect(scenario.phases[1].load == .constant(rate: 11.25, for: .milliseconds(20_500)))
    #expect(scenario.thresholds.map(\.text) == ["p95(e2e) < 2s"])
    #expect(scenario.phases[1].selection == .shares([MixShare(entry: 1, weight: 1)]))
    #expect(Plan(scenario).scheduled > 150)
    // What is stored with a run can be read again.
    let again = try Scenario(Self.document(scenario.effectiveYAML))
    #expect(again.phases == scenario.phases)
  }

  @Test func `a search shares its scenario with no other phase`() throws {
    let text = Self.text + "\n    - { name: more, kind: constant, rate: 1/s, for: 1s }"
    let error = #expect(throws: ScenarioError.self) { try Scenario(Self.document(text)) }
    #expect(error?.description.contains("must be the only phase") == true)
  }
}
