import FoundationEssentials
import Reporting
import Scenarios
import Testing

/// What the first lines of the package's scenarios promise, against what the program says of them.
@Suite("The first lines of a scenario")
struct ScenarioHeaderTests {
  private static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/scenarios"

  private static let names = BuiltInScenarioTests.planned

  /// The comment at the top, one line, `Gate: ... Expected: ...`.
  private static func header(_ name: String) throws -> String {
    let text = try String(contentsOfFile: "\(folder)/\(name).yaml", encoding: .utf8)
    return text.split(separator: "\n").prefix { $0.hasPrefix("#") }.map { $0.dropFirst().drop { $0 == " " } }
      .joined(separator: " ")
  }

  private static func scenario(_ name: String) throws -> Scenario {
    try Scenario(ScenarioDocument(path: "\(folder)/\(name).yaml"))
  }

  @Test("say the jobs, the time and the cost that --dry-run says", arguments: names)
  func expected(name: String) throws {
    let scenario = try Self.scenario(name)
    let forecast = PlanForecast(Plan(scenario), PlanModel(scenario.assumptions))
    let (jobs, seconds) = (try #require(forecast.jobs), Int(try #require(forecast.seconds).rounded()))
    let line = "Expected: \(jobs) jobs in \(seconds) s, \(try #require(forecast.costText)) at what is assumed below."
    #expect(try Self.header(name).contains(line), "\(line)")
    #expect(!forecast.isOverBudget)
  }

  @Test("name a gate whose limits the scenario holds the run to", arguments: names)
  func gate(name: String) throws {
    let (header, scenario) = (try Self.header(name), try Self.scenario(name))
    let start = try #require(header.firstRange(of: "Gate: "), "no gate")
    let end = try #require(header.firstRange(of: "Expected: "), "no expectation")
    let gate = header[start.upperBound..<end.lowerBound]
    #expect(!scenario.thresholds.isEmpty && gate.count > 20)
    let limits = Self.limits(of: scenario)
    for quantity in Self.quantities(gate) {
      #expect(limits.contains(quantity), "\(quantity) is in no threshold, limit or phase: \(limits.sorted())")
    }
  }

  @Test("of ramp, whose jobs nobody knows before, name a gate and what a usual search comes to")
  func ramp() throws {
    let header = try Self.header("ramp")
    #expect(header.contains("Gate: ") && header.contains("Expected: about ") && header.contains("$"))
  }

  /// Shares and seconds in a sentence, for example `99.9 %` and `3 s`.
  private static func quantities(_ text: Substring) -> [String] {
    let words = text.split { $0 == " " || $0 == "," || $0 == ";" || $0 == ":" }
    return zip(words, words.dropFirst()).compactMap { number, unit in
      let unit = unit.hasSuffix(".") ? unit.dropLast() : unit
      guard let value = Double(number), unit == "%" || unit == "s" else { return nil }
      return "\(value) \(unit)"
    }
  }

  private static func limits(of scenario: Scenario) -> Set<String> {
    let thresholds = scenario.thresholds.map {
      $0.aggregate == .rate ? "\(rounded($0.limit * 100)) %" : "\($0.limit) s"
    }
    let times = [scenario.limits.drain, scenario.limits.jobDeadline] + scenario.phases.compactMap(\.load.duration)
    return Set(thresholds + times.map { "\(Double($0.components.seconds)) s" })
  }

  private static func rounded(_ percent: Double) -> Double { (percent * 1e6).rounded() / 1e6 }
}
