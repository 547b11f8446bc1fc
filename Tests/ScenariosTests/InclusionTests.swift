import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import Scenarios
import Testing

@Suite("A scenario that includes others")
struct InclusionTests {
  private let folder = "/tmp/include-\(getpid())-\(MonotonicInstant.now.nanoseconds)"

  private func write(_ files: [String: String]) throws {
    for (name, text) in files {
      let url = URL(filePath: "\(folder)/\(name)")
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }

  private func complaint(_ files: [String: String]) throws -> String {
    try write(files)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let error = #expect(throws: ScenarioError.self) { try ScenarioDocument(path: "\(folder)/a.yaml") }
    return (error?.description ?? "").replacing("\(folder)/", with: "")
  }

  @Test("takes their keys under its own, entries and phases by name, and their paths from their own folders")
  func merges() throws {
    try write([
      "a.yaml": """
      include: [shared/base.yaml]
      version: 1
      name: a
      mix: [{ name: one, weight: 3 }, { name: two, language: python, code: "2" }]
      arrivals: { phases: [{ name: steady, rate: 7/s }, { name: more, kind: pause, for: 1s }] }
      limits: { drain: 1s }
      """,
      "shared/base.yaml": """
      include: deep/er.yaml
      seed: 5
      mix: [{ name: one, language: python, program: one.py, weight: 1 }]
      limits: { max_in_flight: 9, drain: 9s }
      """,
      "shared/deep/er.yaml": """
      seed: 4
      mix: [{ name: zero, language: python, program: zero.py, stdin: in.txt }]
      arrivals: { process: uniform, phases: [{ name: steady, kind: constant, rate: 1/s, for: 2s }] }
      """,
      "shared/one.py": "1", "shared/deep/zero.py": "0", "shared/deep/in.txt": "in",
    ])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let document = try ScenarioDocument(path: "\(folder)/a.yaml")
    let scenario = try Scenario(document)
    #expect(scenario.seed == 5 && scenario.mix.map(\.name) == ["zero", "one", "two"])
    #expect(scenario.mix.map(\.submission.code) == ["0", "1", "2"])
    #expect(scenario.phases.map(\.load) == [.constant(rate: 7, for: .seconds(2)), .pause(for: .seconds(1))])
    #expect(scenario.limits.maximumInFlight == 9 && scenario.limits.drain == .seconds(1))
    let again = try Scenario(
      ScenarioDocument(text: document.effectiveYAML, name: "again.yaml", directory: "\(folder)/"))
    #expect(again.mix == scenario.mix && again.phases == scenario.phases)
  }

  @Test("says where a file is missing, in the file that wants it")
  func missing() throws {
    #expect(
      try complaint(["a.yaml": "include: b.yaml\n", "b.yaml": "seed: 1\ninclude:\n  - nowhere.yaml\n"])
        == "b.yaml:3:5: include: cannot read 'nowhere.yaml': open nowhere.yaml: No such file or directory "
        + "(paths count from the including file's folder)")
  }

  @Test("tells the whole chain where files include each other")
  func cycle() throws {
    #expect(
      try complaint(["a.yaml": "include: b.yaml\n", "b.yaml": "include: c.yaml\n", "c.yaml": "include: ./a.yaml\n"])
        == "c.yaml:1:10: include: './a.yaml' includes itself: a.yaml -> b.yaml -> c.yaml -> ./a.yaml "
        + "(take one of them out)")
  }

  @Test("ends where files include each other twice over")
  func explosion() throws {
    var files: [String: String] = [:]
    for (name, next) in zip("abcdefgh", "bcdefghi") {
      files["\(name).yaml"] = "include: [\(next).yaml, \(next).yaml, \(next).yaml]\n"
    }
    files["i.yaml"] = "seed: 1\n"
    #expect(try complaint(files).contains("include: more than 64 files"))
  }
}
