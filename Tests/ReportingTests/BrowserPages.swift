import Foundation
import Reporting
import RunRecords
import Testing

/// Writes pages for the browser tests (Tests/BrowserTests), which `make test-browser` runs afterwards.
private let folder = ProcessInfo.processInfo.environment["RCE_PAGES"]

@Suite(.enabled(if: folder != nil, "RCE_PAGES names no folder")) struct BrowserPages {
  private static let runs: [(String, RunReading)] =
    [
      ("smoke", SyntheticRun.smoke()), ("steady", SyntheticRun.steady()),
      ("busy", SyntheticRun.steady(60, seconds: 120)),
      ("interrupted", SyntheticRun.interrupted()), ("hostile", SyntheticRun.hostile()), ("empty", SyntheticRun.empty()),
      ("silent", SyntheticRun.silent()), ("single", SyntheticRun.single()), ("all-failed", SyntheticRun.allFailed()),
    ] + (0..<12).map { ("random-\($0)", RandomRun(seed: $0).reading) }

  private static func write(_ page: String, as name: String) throws {
    let pages = URL(fileURLWithPath: try #require(folder))
    try FileManager.default.createDirectory(at: pages, withIntermediateDirectories: true)
    try page.write(to: pages.appendingPathComponent("\(name).html"), atomically: true, encoding: .utf8)
  }

  @Test(arguments: runs.map(\.0))
  func write(name: String) throws {
    try Self.write(RunReport(try #require(Self.runs.first { $0.0 == name }).1).html, as: name)
  }

  @Test func comparisons() throws {
    let repeats = (0..<3).map {
      ComparisonTests.slower(1, id: "20261125-09000\($0)-steady-aaaa", daysLater: Int64($0))
    }
    let slower = (0..<3).map {
      ComparisonTests.slower(2, id: "20261126-09000\($0)-steady-bbbb", daysLater: Int64($0) + 1)
    }
    try Self.write(
      RunComparison(baseline: repeats, candidates: [slower, [SyntheticRun.steady()]], ComparisonOptions()).html,
      as: "comparison")
    let hostile = [SyntheticRun.hostile()]
    let forced = ComparisonOptions(isForced: true)
    try Self.write(
      RunComparison(baseline: hostile, candidates: [hostile], forced).html, as: "comparison-hostile")
  }

  @Test func histories() throws {
    let calm = (0..<6).map { ComparisonTests.slower(1, id: "20261125-09000\($0)-steady-aaaa", daysLater: Int64($0)) }
    let slow = (0..<6).map {
      ComparisonTests.slower(3, id: "20261126-09000\($0)-steady-bbbb", daysLater: 9 + Int64($0))
    }
    let entries = (calm + slow + [SyntheticRun.interrupted(), SyntheticRun.hostile()]).map { HistoryEntry($0) }
    try Self.write(
      RunHistory(entries, skipped: [.init(folder: "a<b", reason: "no run")]).html, as: "history")
  }
}
