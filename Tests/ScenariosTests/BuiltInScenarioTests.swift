import FoundationEssentials
import Jobs
import Scenarios
import Testing

@Suite("A scenario of the package")
struct BuiltInScenarioTests {
  private static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/scenarios"

  private static let planned = [
    "smoke", "steady", "cold-storm", "spike", "diurnal", "contest", "contest-full", "polyglot", "compile-heavy",
    "noisy-neighbour", "soak",
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

  @Test("says in its first lines how many jobs its plan has", arguments: planned.dropFirst(5))
  func header(name: String) throws {
    let path = "\(Self.folder)/\(name).yaml"
    let plan = try Plan(Scenario(ScenarioDocument(path: path)))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("# Expected: \(plan.scheduled) jobs in "))
    #expect(text.contains("# Gate: "))
  }

  @Test("contest-full follows the published shares, with minutes far less even than independent jobs make them")
  func contest() throws {
    let scenario = try Scenario(ScenarioDocument(path: "\(Self.folder)/contest-full.yaml"))
    let times = Array(try #require(Plan(scenario).phases[0].arrivals))
    var minutes = Array(repeating: 0.0, count: 300)
    for time in times { minutes[Int(time / 60_000_000_000)] += 1 }
    let jobs = Double(times.count)
    for (half, share) in [10.8, 10.1, 8.8, 8.0, 7.6, 7.4, 7.3, 7.8, 9.4, 22.95].enumerated() {
      let seen = minutes[(half * 30)..<(half * 30 + 30)].reduce(0, +) / jobs * 100
      #expect((seen - share).magnitude < 1.5, "half hour \(half + 1): \(seen) %")
    }
    // The two hours in which the rate changes least, each half hour about its own mean.
    let excess = (3..<7).map { half in
      let counts = minutes[(half * 30)..<(half * 30 + 30)]
      let mean = counts.reduce(0, +) / 30
      return counts.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 29 / mean
    }
    #expect((4...14).contains(excess.reduce(0, +) / 4), "\(excess)")
  }
}
