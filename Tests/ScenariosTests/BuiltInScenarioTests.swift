import Jobs
import Scenarios
import Testing

@Suite("A scenario of the package")
struct BuiltInScenarioTests {
  private static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/scenarios"

  @Test("can be read and planned", arguments: ["smoke", "steady"])
  func readable(name: String) throws {
    let document = try ScenarioDocument(path: "\(Self.folder)/\(name).yaml")
    let scenario = try Scenario(document)
    #expect(scenario.name == name && Plan(scenario).scheduled > 0)
    for entry in scenario.mix { #expect(!entry.submission.code.isEmpty) }
    let again = try Scenario(
      ScenarioDocument(text: document.effectiveYAML, name: "effective", directory: "\(Self.folder)/"))
    #expect(
      again.mix == scenario.mix && again.phases == scenario.phases
        && again.thresholds.count == scenario.thresholds.count)
  }

  @Test("smoke runs each language cold and then warm, and then every failure")
  func smoke() throws {
    let scenario = try Scenario(ScenarioDocument(path: "\(Self.folder)/smoke.yaml"))
    let plan = Plan(scenario)
    let names = plan.phases.map { phase in phase.entries.map { scenario.mix[$0].name } }
    #expect(scenario.phases.map(\.name) == ["cold", "warm", "failures"])
    #expect(Set(names[0]) == Set(names[1]) && names[1].count > names[0].count)
    let failures = names[2].compactMap { name in scenario.mix.first { $0.name == name }?.expectation.error }
    #expect(failures.count == names[2].count && Set(failures).count >= 5)
  }
}
