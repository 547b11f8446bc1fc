import Digests
import Foundation
import Reporting
import RunRecords
import Testing

@Suite struct ReportPageTests {
  private static let runs: [String: RunReading] = [
    "smoke": SyntheticRun.smoke(), "steady": SyntheticRun.steady(), "interrupted": SyntheticRun.interrupted(),
    "hostile": SyntheticRun.hostile(), "empty": SyntheticRun.empty(), "silent": SyntheticRun.silent(),
    "busy": SyntheticRun.steady(40, seconds: 60),
    "single": SyntheticRun.single(), "all-failed": SyntheticRun.allFailed(),
  ]
  private static let names = runs.keys.sorted()

  private func page(_ name: String) throws -> String { RunReport(try #require(Self.runs[name])).html }

  @Test("a page is well-formed, and nothing in it runs or comes from elsewhere", arguments: names)
  func wellFormed(name: String) throws {
    let page = try page(name)
    #expect(MarkupChecker(page).problems == [])
    #expect(!page.contains("@import") && !page.contains("url("))
    #expect(page.utf8.count < 1_000_000)
  }

  @Test("every chart has a table behind it, a title and a description, in both widths", arguments: names)
  func charts(name: String) throws {
    let page = try page(name)
    let elements = MarkupChecker(page).elements
    let charts = page.components(separatedBy: "<figure id=").dropFirst()
    #expect(elements["svg", default: 0] == charts.count * 2)
    #expect(elements["title", default: 0] == charts.count * 2 + 1)
    #expect(elements["desc", default: 0] == charts.count * 2)
    for chart in charts {
      let figure = chart.components(separatedBy: "</figure>")[0]
      #expect(figure.contains("<details>") && figure.contains("<table"))
    }
  }

  @Test("sections come in the order in which a reader decides", arguments: ["smoke", "steady"])
  func order(name: String) throws {
    let page = try page(name)
    let expected = [
      "verdict", "outcomes", "throughput", "latency", "decomposition", "queue", "cold", "cost", "health", "thresholds",
      "reproducibility", "unsupported",
    ]
    let places = expected.compactMap { page.range(of: "<section id=\"\($0)\"")?.lowerBound }
    #expect(places.count == expected.count)
    #expect(places == places.sorted())
  }

  @Test("what programs and platforms say stays text")
  func hostile() throws {
    let page = try page("hostile")
    #expect(page.contains("&lt;/pre&gt;&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)"))
    #expect(MarkupChecker(page).elements["script"] == 1, "the page's own")
    #expect(!page.unicodeScalars.contains { $0 == "\u{202e}" || $0 == "\u{1b}" || $0 == "\0" })
    #expect(page.contains("a&lt;b&gt;&quot;&#39;&amp;"))
    #expect(!page.contains(String(repeating: "A", count: 2_100)))
  }

  @Test("only the page's own script may run, and nothing may be fetched")
  func policy() throws {
    let page = try page("steady")
    let script = try #require(
      page.components(separatedBy: "<script>").dropFirst().first?.components(separatedBy: "</script>").first)
    let digits = Array(SHA256.hexadecimal(of: Array(script.utf8)))
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    let digest = Data(bytes).base64EncodedString()
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(digest)'"))
  }

  @Test("the title says the verdict")
  func title() throws {
    #expect(try page("smoke").contains("<title>smoke: VALID, thresholds met · rce-bench</title>"))
    #expect(
      try page("interrupted").contains("<title>steady: PARTIAL, VALID, 3 of 5 thresholds not met · rce-bench</title>"))
  }

  @Test("a percentile without jobs enough is n/a with what it needs, and the end of the page says so")
  func unsupported() throws {
    let page = try page("smoke")
    #expect(page.contains("n = 34; needs 200"))
    #expect(page.contains("Percentiles from p75 up are not printed over all jobs"))
  }

  @Test("a run on one machine says so at the top")
  func sameMachine() throws {
    let page = try page("steady")
    let banner = page.components(separatedBy: "<section id=\"verdict\"")[1].components(separatedBy: "</section>")[0]
    #expect(banner.contains("same machine as the platform"))
  }

  @Test("a platform that tells no instants is reported without the parts that need them")
  func silent() throws {
    let page = try page("silent")
    #expect(page.contains("The platform gave no instants"))
    #expect(page.contains("The platform does not tell which jobs waited"))
    #expect(page.contains("tells no billed time"))
  }

  @Test("any run at all becomes a page", arguments: 0..<40 as Range<UInt64>)
  func fuzz(seed: UInt64) {
    let report = RunReport(RandomRun(seed: seed).reading)
    #expect(MarkupChecker(report.html).problems == [], "seed \(seed)")
    #expect((try? JSONSerialization.jsonObject(with: Data(report.json.utf8))) != nil, "seed \(seed)")
    #expect(!report.markdown.isEmpty && !report.terminal(isColoured: true).isEmpty, "seed \(seed)")
  }
}
