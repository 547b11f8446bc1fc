import FoundationEssentials
import Pricing
import Testing

/// The README of the deployment on AWS tells what it costs: these are the model's own figures.
@Suite("The costs in stack/aws/README.md")
struct DeploymentCostTests {
  private static let readme: [Substring] = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let data = try? Data(contentsOf: URL(filePath: "/\(root)/stack/aws/README.md"))
    return data.map { String(decoding: $0, as: UTF8.self).split(separator: "\n") } ?? []
  }()

  /// The cells of the table's row of a profile.
  private func row(_ profile: String) throws -> [String] {
    let line = try #require(Self.readme.first { $0.hasPrefix("| `\(profile)` |") }, "no row of \(profile)")
    return line.split(separator: "|").map { $0.filter { $0 != " " } }
  }

  @Test("are the profiles' totals", arguments: ["basic", "lean", "ha"])
  func profiles(name: String) throws {
    try expect(try Bill(try CostProfile.named(name), executions: 10_000).total, shows: try row(name)[2])
  }

  @Test("are, as deployed, the totals of the commands below the table", arguments: ["basic", "lean", "ha"])
  func deployed(name: String) throws {
    let start = "    rce-bench cost --profile \(name) "
    let command = try #require(Self.readme.first { $0.hasPrefix(start) }, "no command of \(name)")
    var profile = try CostProfile.named(name)
    let words = command.dropFirst(start.count).split(separator: " ")
    for (option, setting) in zip(words, words.dropFirst()) where option == "--set" {
      try CostSetting.apply(String(setting), to: &profile)
    }
    try expect(try Bill(profile, executions: 10_000).total, shows: try row(name)[3])
  }
}
