import Foundation
import RunRecords
import Statistics

/// What is not the same about two sides besides what was measured.
public struct RunDifferences: Sendable {
  /// A line of one scenario that the other does not have, in order; nil stands for lines that are the same.
  public struct Line: Sendable, Hashable {
    /// Only the candidate has it; otherwise only the baseline.
    public let isAdded: Bool
    /// The line.
    public let text: String
  }

  /// A fact about the runs of which both sides have another.
  public struct Fact: Sendable, Hashable {
    /// What it is.
    public let name: String
    /// The baseline's.
    public let baseline: String
    /// The candidate's.
    public let candidate: String
  }

  /// Lines of the effective scenarios that differ, the first run of each side.
  public let scenario: [Line]
  /// Facts about target, machine, versions and seed that differ.
  public let facts: [Fact]

  /// The most lines of a scenario that are looked at: real ones have some hundred.
  private static let mostLines = 2_000

  init(_ baseline: ComparedSide, _ candidate: ComparedSide) {
    let (first, second) = (baseline.runs[0].info, candidate.runs[0].info)
    scenario = Self.lines(first.effectiveScenario, second.effectiveScenario)
    facts = Self.facts(first, second)
  }

  private static func lines(_ first: String, _ second: String) -> [Line] {
    func split(_ text: String) -> [Substring] {
      Array(text.split(separator: "\n", omittingEmptySubsequences: false).prefix(mostLines))
    }
    let changes = split(second).difference(from: split(first))
    let placed = changes.map { change -> (offset: Int, line: Line) in
      switch change {
      case .remove(let offset, let text, _): (offset, Line(isAdded: false, text: String(text)))
      case .insert(let offset, let text, _): (offset, Line(isAdded: true, text: String(text)))
      }
    }
    return placed.sorted { ($0.offset, $0.line.isAdded ? 1 : 0) < ($1.offset, $1.line.isAdded ? 1 : 0) }.map(\.line)
  }

  private static func facts(_ first: RunInfo, _ second: RunInfo) -> [Fact] {
    let (here, there) = (first.environment, second.environment)
    var rows = [
      ("Scenario", first.scenario, second.scenario), ("Target", first.target, second.target),
      ("Seed", "\(first.seed)", "\(second.seed)"),
      ("Generator beside the platform", yes(first.sameMachine), yes(second.sameMachine)),
      ("Host", here.host, there.host), ("Processor", here.cpu, there.cpu), ("Cores", "\(here.cores)", "\(there.cores)"),
      ("Memory", QuantityText.bytes(here.memoryBytes), QuantityText.bytes(there.memoryBytes)),
      ("Kernel", here.kernel, there.kernel), ("System", here.system, there.system),
      ("CPU governor", here.governor ?? "not told", there.governor ?? "not told"),
      ("Revision of the scenario", here.revision ?? "not known", there.revision ?? "not known"),
    ]
    for name in Set(here.versions.keys).union(there.versions.keys).sorted() {
      rows.append(("Version of \(name)", here.versions[name] ?? "none", there.versions[name] ?? "none"))
    }
    return rows.filter { $0.1 != $0.2 }.map { Fact(name: $0.0, baseline: $0.1, candidate: $0.2) }
  }

  private static func yes(_ flag: Bool) -> String { flag ? "yes" : "no" }
}
