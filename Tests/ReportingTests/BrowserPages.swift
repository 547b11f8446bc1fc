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

  @Test(arguments: runs.map(\.0))
  func write(name: String) throws {
    let pages = URL(fileURLWithPath: try #require(folder))
    try FileManager.default.createDirectory(at: pages, withIntermediateDirectories: true)
    let reading = try #require(Self.runs.first { $0.0 == name }).1
    try RunReport(reading).html.write(
      to: pages.appendingPathComponent("\(name).html"), atomically: true, encoding: .utf8)
  }
}
