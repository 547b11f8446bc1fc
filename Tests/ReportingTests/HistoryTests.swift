import Foundation
import Reporting
import RunRecords
import TestServices
import Testing

@Suite struct HistoryTests {
  /// Nine runs of a day each, the last four with programs that take three times as long, and one that was interrupted.
  private static let entries: [HistoryEntry] = {
    (0..<9).map { day -> HistoryEntry in
      let factor = (day < 5 ? 1 : 3) * (1 + 0.01 * Double(day * 7 % 5))
      return HistoryEntry(
        ComparisonTests.slower(factor, id: "202611\(25 + day)-090000-steady-00\(day)a", daysLater: Int64(day)))
    }
  }()
  private static let history = RunHistory(
    entries.shuffled() + [HistoryEntry(SyntheticRun.smoke()), HistoryEntry(SyntheticRun.interrupted())],
    skipped: [.init(folder: "reports/runs/broken", reason: "file is not a database")])

  @Test("runs are by scenario and time, whatever order they were read in")
  func order() throws {
    #expect(Self.history.groups.map(\.scenario) == ["smoke", "steady"])
    let steady = try #require(Self.history.groups.last)
    #expect(steady.entries.count == 10)
    #expect(steady.entries.map(\.info.startedAt) == steady.entries.map(\.info.startedAt).sorted())
  }

  @Test("the run from which on jobs took longer is marked, for every figure that it moved")
  func change() throws {
    let steady = try #require(Self.history.groups.last)
    let median = try #require(steady.changes.first { $0.figure == .e2eMedian })
    #expect(median.runID == Self.entries[5].info.id)
    #expect(try #require(median.share) > 0.3)
    #expect(!steady.changes.contains { $0.figure == .queueWait || $0.figure == .cold })
  }

  @Test("an interrupted run is shown and does not count")
  func interrupted() throws {
    let entry = HistoryEntry(SyntheticRun.interrupted())
    #expect(!entry.counts && entry.verdict == .interrupted)
    #expect(Self.history.terminal().contains("VALID, interrupted"))
  }

  @Test("what a run does not support is n/a and breaks no line")
  func unsupported() {
    let few = HistoryEntry(SyntheticRun.smoke())
    #expect(few.values[.e2eTail] == nil && few.values[.e2eMedian] != nil)
    let silent = RunHistory([HistoryEntry(SyntheticRun.silent()), HistoryEntry(SyntheticRun.empty())])
    #expect(silent.terminal().contains("n/a"))
    #expect(MarkupChecker(silent.html).problems == [])
  }

  @Test("the forms of a history are as they were looked at")
  func goldens() throws {
    try Golden.expect(Self.history.terminal(), is: "history.terminal.txt")
    try Golden.expect(Self.history.json, is: "history.json")
    #expect(MarkupChecker(Self.history.html).problems == [])
    #expect(Self.history.html.contains("file is not a database"))
  }

  @Test("hostile names stay text")
  func hostile() {
    let history = RunHistory([HistoryEntry(SyntheticRun.hostile()), HistoryEntry(SyntheticRun.hostile())])
    #expect(MarkupChecker(history.html).problems == [])
    #expect(!history.html.contains("<b>") && history.html.contains("a&lt;b&gt;"))
  }

  @Test("a folder is read run by run, and what is damaged is left out with its reason")
  func folder() throws {
    let folder = NSTemporaryDirectory() + "rce-history-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let reading = SyntheticRun.smoke()
    let writer = try RunWriter(creating: "\(folder)/\(reading.info.id)", info: reading.info)
    try writer.append(reading.records)
    try writer.finish(reading.info)
    try FileManager.default.createDirectory(atPath: "\(folder)/broken", withIntermediateDirectories: true)
    try Data("no database at all, but long enough to be read as one".utf8)
      .write(to: URL(fileURLWithPath: "\(folder)/broken/run.sqlite"))
    let history = RunHistory(folder: folder)
    #expect(history.groups.map(\.scenario) == ["smoke"])
    #expect(history.groups.first?.entries.first?.jobs == 34)
    #expect(history.skipped.map(\.folder) == ["\(folder)/broken"])
    #expect(RunHistory(folder: folder) { $0 == "other" }.groups.isEmpty)
  }
}
