import Foundation
import FoundationXML
import Reporting
import RunRecords
import TestServices
import Testing

@Suite struct ReportFilesTests {
  @Test(
    "the files that people and tools read are as they were looked at", arguments: ["smoke", "steady", "interrupted"])
  func goldens(name: String) throws {
    let runs = [
      "smoke": SyntheticRun.smoke(), "steady": SyntheticRun.steady(), "interrupted": SyntheticRun.interrupted(),
    ]
    let report = RunReport(try #require(runs[name]))
    try Golden.expect(report.json, is: "\(name).summary.json")
    try Golden.expect(report.junit, is: "\(name).junit.xml")
    try Golden.expect(report.markdown, is: "\(name).summary.md")
    try Golden.expect(report.terminal(), is: "\(name).terminal.txt")
  }

  @Test("a report of a stored run is written beside it, and is the same as one of the records at hand")
  func write() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rce-report-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = SyntheticRun.steady()
    let writer = try RunWriter(creating: folder, info: made.info)
    try writer.append(made.records)
    try writer.finish(made.info, samples: made.samples)
    let report = RunReport(try RunReading(folder: folder))
    try report.write(to: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names == ["junit.xml", "report.html", "run.sqlite", "summary.json", "summary.md"])
    #expect(try String(contentsOfFile: folder + "/report.html", encoding: .utf8) == RunReport(made).html)
  }

  @Test("a folder that cannot be written is named")
  func unwritable() {
    let error = #expect(throws: ReportError.self) {
      try RunReport(SyntheticRun.empty()).write(to: "/proc/nowhere")
    }
    #expect(error?.description.contains("/proc/nowhere/summary.json") == true)
  }

  @Test("junit.xml is XML whatever the names are, and counts what failed")
  func junit() throws {
    let parser = XMLParser(data: Data(RunReport(SyntheticRun.hostile()).junit.utf8))
    #expect(parser.parse())
    let text = RunReport(SyntheticRun.steady()).junit
    #expect(text.contains("<testsuite name=\"thresholds\" tests=\"5\" failures=\"2\">"))
    #expect(text.contains("<testsuite name=\"expectations\" tests=\"4\" failures=\"1\">"))
  }

  @Test("terminal text holds no control character but line ends, unless colours are asked for")
  func terminal() {
    let plain = RunReport(SyntheticRun.hostile()).terminal()
    #expect(!plain.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    let coloured = RunReport(SyntheticRun.hostile()).terminal(isColoured: true)
    #expect(coloured.contains("\u{1b}[31m"))
    #expect(!coloured.contains("\u{202e}"))
  }

  @Test("Markdown keeps hostile names inside their cells")
  func markdown() {
    var reading = SyntheticRun.smoke()
    reading.info.thresholds = ["a | b\n| c <img src=x>"]
    let text = RunReport(reading).markdown
    #expect(text.contains("a \\| b \\| c &lt;img src=x&gt;"))
    #expect(!text.contains("<img"))
  }
}
