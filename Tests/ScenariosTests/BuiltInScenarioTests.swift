import FoundationEssentials
import Jobs
import Scenarios
import Testing

@Suite("A scenario of the package")
struct BuiltInScenarioTests {
  private static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/scenarios"

  static let planned = [
    "smoke", "steady", "cold-storm", "spike", "diurnal", "contest", "contest-full", "polyglot", "compile-heavy",
    "noisy-neighbour", "soak", "chaos", "hostile-programs",
  ]

  @Test("can be read and planned", arguments: planned)
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
    #expect(files.sorted() == (Self.planned + ["ramp"]).map { $0 + ".yaml" }.sorted())
  }

  @Test("chaos breaks each part of the stack, with time to recover after each and an objective for that time")
  func chaos() throws {
    let scenario = try Scenario(ScenarioDocument(path: "\(Self.folder)/chaos.yaml"))
    #expect(Set(scenario.phases.compactMap { $0.fault?.part }) == Set(StackFault.Part.allCases))
    for (phase, next) in zip(scenario.phases, scenario.phases.dropFirst()) where phase.fault != nil {
      #expect(next.fault == nil && next.name == "after-\(phase.name)")
      #expect(scenario.thresholds.contains { $0.filters["phase"] == next.name && $0.subject == "e2e" })
    }
  }

  @Test("hostile-programs sends every hostile program, each with a verdict that it must get, beside honest ones")
  func hostile() throws {
    let scenario = try Scenario(ScenarioDocument(path: "\(Self.folder)/hostile-programs.yaml"))
    let plan = Plan(scenario)
    let counts = plan.phases.map { $0.entries.counts(of: $0.scheduled ?? 0, kinds: scenario.mix.count) }
    for (index, entry) in scenario.mix.enumerated() {
      let isHonest = entry.name.hasPrefix("honest")
      #expect(counts[2][index] >= 15 && (counts[1][index] > 0) == isHonest && (counts[3][index] > 0) == isHonest)
      #expect(entry.expectation.error != nil || entry.expectation.stdout != nil || entry.expectation.state == .failed)
    }
  }
}
