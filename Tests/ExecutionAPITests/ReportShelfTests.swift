import ExecutionAPI
import FoundationEssentials
import TestServices
import Testing

@Suite("Benchmark reports")
struct ReportShelfTests {
  private let directory: TemporaryDirectory
  private let platform: TestPlatform

  init() throws {
    let directory = try TemporaryDirectory(named: "rce-reports")
    self.directory = directory
    for (id, verdict) in [("20260101-000000-old", "VALID"), ("20260102-000000-new", "SUSPECT"), ("broken", "")] {
      try FileManager.default.createDirectory(atPath: "\(directory.path)/runs/\(id)", withIntermediateDirectories: true)
      let summary = #"{"run": {"scenario": "smoke", "startedAt": 5}, "verdict": {"validity": "\#(verdict)"}}"#
      let text = verdict.isEmpty ? "{" : summary
      try Data(text.utf8).write(to: URL(filePath: "\(directory.path)/runs/\(id)/summary.json"))
      try Data("<!doctype html>report \(id)".utf8).write(to: URL(filePath: "\(directory.path)/runs/\(id)/report.html"))
    }
    try Data("a secret".utf8).write(to: URL(filePath: "\(directory.path)/report.html"))
    let shelf = ReportShelf(directory: "\(directory.path)/runs")
    platform = try TestPlatform { api, _ in api.reports = shelf }
  }

  private struct List: Decodable {
    struct Entry: Decodable {
      let id: String
      let verdict: String
    }
    let reports: [Entry]
  }

  @Test("are listed, the newest first, without those that cannot be read")
  func list() throws {
    let list = try platform.send(.get("/reports")).json(List.self)
    #expect(list.reports.map(\.id) == ["20260102-000000-new", "20260101-000000-old"])
    #expect(list.reports.map(\.verdict) == ["SUSPECT", "VALID"])
  }

  @Test("are pages that may load nothing")
  func page() throws {
    let answer = try platform.send(.get("/reports/20260101-000000-old/report.html"))
    #expect(answer.status == 200 && answer.text.hasSuffix("report 20260101-000000-old"))
    #expect(answer.headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
  }

  @Test(
    "do not lead to other files",
    arguments: [
      "/reports/..%2fruns/report.html", "/reports/../report.html", "/reports/%2e%2e/report.html",
      "/reports//report.html",
      "/reports/broken/summary.json", "/reports/nothing/report.html", "/reports/.%2e/report.html", "/reports/",
    ])
  func traversal(target: String) throws {
    let connection = try RawConnection(to: platform.server.port)
    try connection.get(target)
    let answer = try #require(connection.answer(within: 10_000))
    #expect(answer.status == 404 && !answer.text.contains("secret"))
  }
}
