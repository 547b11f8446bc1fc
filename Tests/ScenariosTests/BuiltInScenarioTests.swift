import FoundationEssentials
import Jobs
import Scenarios
import Testing

@Suite("A scenario of the package")
struct BuiltInScenarioTests {
  private static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/scenarios"

  @Test("can be read and planned", arguments: ["smoke", "steady", "cold-storm", "spike", "diurnal"])
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

  @Test("cold-storm sends the same programs cold and left to the platform, phase beside phase")
  func coldStorm() throws {
    let scenario = try Scenario(ScenarioDocument(path: "\(Self.folder)/cold-storm.yaml"))
    let plan = Plan(scenario)
    let recorded = plan.phases.filter(\.phase.recorded)
    #expect(recorded.count == 10 && plan.phases.count == 11)
    for pair in stride(from: 0, to: recorded.count, by: 2) {
      let (cold, left) = (recorded[pair], recorded[pair + 1])
      #expect(cold.phase.name.hasSuffix("-cold") && left.phase.name.hasSuffix("-left"))
      #expect(Array(cold.entries).count == Array(left.entries).count)
      for (a, b) in zip(cold.entries, left.entries) {
        var submission = scenario.mix[a].submission
        #expect(submission.start == .cold && scenario.mix[b].submission.start == nil)
        submission.start = nil
        #expect(submission == scenario.mix[b].submission)
      }
    }
  }

  @Test("ramp is a search")
  func ramp() throws {
    let scenario = try Scenario(ScenarioDocument(path: "\(Self.folder)/ramp.yaml"))
    #expect(scenario.search?.to == 1_000 && scenario.mix.count == 1 && scenario.slo == .seconds(3))
  }

  @Test("is one of those that the folder holds, all of them tested")
  func all() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.hasSuffix(".yaml") }
    #expect(
      files.sorted() == ["cold-storm.yaml", "diurnal.yaml", "ramp.yaml", "smoke.yaml", "spike.yaml", "steady.yaml"])
  }
}
